using LLMscope.Tests.Storage;
using Npgsql;

namespace LLMscope.Monitoring.Tests.Storage;

public class TestDatabaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_test_has_a_database_of_its_own()
    {
        await using var one = await TestDatabase.CreateAsync(Cancellation);
        await using var other = await TestDatabase.CreateAsync(Cancellation);
        await TestServer.ExecuteAsync(one.ConnectionString, "CREATE TABLE mine (value int)", Cancellation);

        var missing = await Assert.ThrowsAsync<PostgresException>(() => TestServer.ExecuteAsync(other.ConnectionString, "SELECT * FROM mine", Cancellation));

        Assert.Equal(PostgresErrorCodes.UndefinedTable, missing.SqlState);
    }

    [Fact]
    public async Task A_template_is_prepared_once_and_copied_many_times_at_once()
    {
        var prepared = 0;
        Task PrepareAsync(string connectionString)
        {
            prepared++;
            return TestServer.ExecuteAsync(connectionString, "CREATE TABLE ready (value int)", Cancellation);
        }

        var copies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TestDatabase.CreateAsync("ready", PrepareAsync, Cancellation)));

        foreach (var copy in copies)
        {
            await TestServer.ExecuteAsync(copy.ConnectionString, "INSERT INTO ready VALUES (1)", Cancellation);
            await copy.DisposeAsync();
        }

        Assert.Equal(1, prepared);
    }

    [Fact]
    public async Task A_database_goes_with_its_test_even_while_connections_are_open()
    {
        var database = await TestDatabase.CreateAsync(Cancellation);
        await using var open = new NpgsqlConnection($"{database.ConnectionString};Pooling=false");
        await open.OpenAsync(Cancellation);

        await database.DisposeAsync();

        await Assert.ThrowsAsync<PostgresException>(() => TestServer.ExecuteAsync(database.ConnectionString, "SELECT 1", Cancellation));
    }
}

using LLMscope.Monitoring.Storage;
using LLMscope.Tests;
using LLMscope.Tests.Storage;
using Npgsql;

namespace LLMscope.Monitoring.Tests.Storage;

public class MigrationsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_second_time_nothing_is_done()
    {
        await using var database = await TestDatabase.CreateAsync(Cancellation);
        var clock = new ManualClock();
        await ApplyAsync(database, clock);
        var first = await database.RowsAsync("SELECT * FROM schema_versions ORDER BY version", Cancellation);
        clock.Advance(TimeSpan.FromHours(1));

        await ApplyAsync(database, clock);

        Assert.Equal(first, await database.RowsAsync("SELECT * FROM schema_versions ORDER BY version", Cancellation));
        Assert.NotEmpty(first);
    }

    [Fact]
    public async Task A_schema_of_a_newer_version_is_refused_and_left_alone()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await TestServer.ExecuteAsync(database.ConnectionString, "INSERT INTO schema_versions VALUES (9999, 'future', now())", Cancellation);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => ApplyAsync(database, new ManualClock()));

        Assert.Contains("9999", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task ApplyAsync(TestDatabase database, TimeProvider clock)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await Migrations.ApplyAsync(connection, clock, Cancellation);
    }
}

using Npgsql;

namespace LLMscope.Service.Tests.Samples;

/// <summary>Keeps everyone else from writing a table until disposed.</summary>
internal sealed class TableLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private TableLock(NpgsqlConnection connection) => _connection = connection;

    public static async Task<TableLock> TakeAsync(ServiceHost host, string table)
    {
        var connection = await host.Get<NpgsqlDataSource>().OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"BEGIN; LOCK TABLE {table} IN SHARE MODE", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new TableLock(connection);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}

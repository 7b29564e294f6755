using LLMscope.Tests.Storage;
using Npgsql;

namespace LLMscope.Monitoring.Tests.Storage;

/// <summary>Questions that a test asks a database over a connection of its own, so that it sees only what is committed.</summary>
internal static class DatabaseQuestions
{
    public static async Task<T> AskAsync<T>(this TestDatabase database, string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>All rows as text, one a line.</summary>
    public static async Task<string[]> RowsAsync(this TestDatabase database, string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand($"SELECT r::text FROM ({sql}) r", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<string>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(reader.GetString(0));

        return [.. rows];
    }
}

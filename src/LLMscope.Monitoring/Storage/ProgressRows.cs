using Npgsql;

namespace LLMscope.Monitoring.Storage;

/// <summary>The rows that say how far the archive has written and the monitor has judged.</summary>
internal static class ProgressRows
{
    public static async Task<long> ArchivedAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        (await ReadAsync(connection, cancellation)).Archived;

    public static async Task<Progress> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT archived, judged, oldest_open, turn FROM archiving, judging", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new Progress(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
    }

    public static async Task SetArchivedAsync(NpgsqlConnection connection, long archived, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("UPDATE archiving SET archived = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = archived });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task SetJudgedAsync(NpgsqlConnection connection, Progress progress, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("UPDATE judging SET judged = $1, oldest_open = $2, turn = $3", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = progress.Judged });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = progress.OldestOpen });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = progress.Turn });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

/// <param name="Archived">The last sequence that is archived.</param>
/// <param name="Judged">The last sequence whose points are stored.</param>
/// <param name="OldestOpen">Samples after this sequence may belong to a subgroup that is not a point yet.</param>
/// <param name="Turn">The number of the monitor's last transaction.</param>
internal readonly record struct Progress(long Archived, long Judged, long OldestOpen, long Turn);

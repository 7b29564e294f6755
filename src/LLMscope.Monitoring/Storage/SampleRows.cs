using LLMscope.Monitoring.Samples;
using Npgsql;

namespace LLMscope.Monitoring.Storage;

/// <summary>Samples as rows: written by binary COPY, read back in the order of commit.</summary>
internal static class SampleRows
{
    public static async Task CopyAsync(NpgsqlConnection connection, ArchiveGroup rows, CancellationToken cancellation)
    {
        if (rows.Samples.Length == 0)
            return;

        await using var copy = await BinaryCopy.BeginAsync(
            connection, "COPY samples (sequence, series_id, time, value, standing, call_id, count) FROM STDIN (FORMAT BINARY)", cancellation);
        for (var next = 0; next < rows.Samples.Length;)
        {
            next = Fill(copy, rows.Samples, next);
            await copy.FlushAsync(cancellation);
        }

        await copy.CompleteAsync(cancellation);
    }

    /// <summary>Encodes rows until the buffer is full.</summary>
    /// <returns>The row that comes next.</returns>
    private static int Fill(BinaryCopy copy, ArchivedSample[] samples, int next)
    {
        for (; next < samples.Length && !copy.IsFull; next++)
        {
            ref readonly var row = ref samples[next];
            copy.StartRow(7);
            copy.Write(row.Sequence);
            copy.Write(row.Sample.Series.Id);
            copy.Write(row.Sample.Time);
            copy.Write(row.Sample.Value);
            copy.Write((short)row.Sample.Standing);
            if (row.CallId != 0)
                copy.Write(row.CallId);
            else
                copy.WriteNull();
            if (row.Sample.Count != 1)
                copy.Write(row.Sample.Count);
            else
                copy.WriteNull();
        }

        return next;
    }

    /// <summary>By series, the newest time among the samples that are in no point yet: not judged, or in an open subgroup.</summary>
    public static async Task<Dictionary<int, DateTime>> LatestAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT series_id, max(time) FROM samples
            WHERE sequence > (SELECT least(judged, oldest_open) FROM judging) AND standing IN ($1, $2) GROUP BY series_id
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)Standing.Judged });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)Standing.History });

        var latest = new Dictionary<int, DateTime>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            latest[reader.GetInt32(0)] = reader.GetDateTime(1);

        return latest;
    }

    /// <summary>The archived samples after one sequence up to another, at most <paramref name="limit"/>, in order; and up to where that is all.</summary>
    public static async Task<(ArchivedSample[] Samples, long UpTo)> ReadAsync(
        NpgsqlConnection connection, SeriesCatalog catalog, long after, long upTo, int limit, CancellationToken cancellation)
    {
        // A call has a sequence before those of its samples, in the same group commit, which never holds a million items.
        await using var command = new NpgsqlCommand(
            """
            SELECT s.sequence, s.series_id, s.time, s.value, s.standing, c.input_tokens, c.cached_tokens, c.output_tokens, s.count
            FROM (SELECT * FROM samples WHERE sequence > $1 AND sequence <= $2 ORDER BY sequence LIMIT $3) s
            LEFT JOIN calls c ON c.id = s.call_id AND c.id > $1 - 1000000 AND c.id <= $2
            ORDER BY s.sequence
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });

        var samples = new List<ArchivedSample>();
        var (rows, last) = (0, after);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            (rows, last) = (rows + 1, reader.GetInt64(0));

            // A series that is not in the catalog was removed with its demonstration.
            if (catalog.Find(reader.GetInt32(1)) is { } series)
            {
                var length = new TokenCounts(Int(reader, 5), Int(reader, 6), Int(reader, 7));
                var sample = new Sample(series, reader.GetDateTime(2), reader.GetDouble(3), (Standing)reader.GetInt16(4), Length: length, Count: Int(reader, 8) ?? 1);
                samples.Add(new ArchivedSample(reader.GetInt64(0), sample, 0));
            }
        }

        return ([.. samples], rows == limit ? last : upTo);
    }

    private static int? Int(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);
}

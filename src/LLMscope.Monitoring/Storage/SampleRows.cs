using LLMscope.Monitoring.Samples;
using Npgsql;
using NpgsqlTypes;

namespace LLMscope.Monitoring.Storage;

/// <summary>Samples as rows: written by binary COPY, read back in the order of commit.</summary>
internal static class SampleRows
{
    public static async Task CopyAsync(NpgsqlConnection connection, ArchiveGroup rows, CancellationToken cancellation)
    {
        if (rows.Samples.Length == 0)
            return;

        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY samples (sequence, series_id, time, value, standing, call_id) FROM STDIN (FORMAT BINARY)", cancellation);

        // Synchronous writes into the buffer: an await per column would cost more than the column.
        foreach (ref readonly var row in rows.Samples.AsSpan())
        {
            copy.StartRow();
            copy.Write(row.Sequence, NpgsqlDbType.Bigint);
            copy.Write(row.Sample.Series.Id, NpgsqlDbType.Integer);
            copy.Write(row.Sample.Time, NpgsqlDbType.TimestampTz);
            copy.Write(row.Sample.Value, NpgsqlDbType.Double);
            copy.Write((short)row.Sample.Standing, NpgsqlDbType.Smallint);
            if (row.CallId != 0)
                copy.Write(row.CallId, NpgsqlDbType.Bigint);
            else
                copy.WriteNull();
        }

        await copy.CompleteAsync(cancellation);
    }

    /// <summary>By series, the newest time among the samples that are in no point yet: not judged, or in an open subgroup.</summary>
    public static async Task<Dictionary<int, DateTime>> LatestAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT series_id, max(time) FROM samples
            WHERE sequence > (SELECT least(judged, oldest_open) FROM judging) AND standing = $1 GROUP BY series_id
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)Standing.Judged });

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
        await using var command = new NpgsqlCommand(
            """
            SELECT sequence, series_id, time, value, standing FROM samples
            WHERE sequence > $1 AND sequence <= $2 ORDER BY sequence LIMIT $3
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
                samples.Add(new ArchivedSample(
                    reader.GetInt64(0), new Sample(series, reader.GetDateTime(2), reader.GetDouble(3), (Standing)reader.GetInt16(4)), 0));
            }
        }

        return ([.. samples], rows == limit ? last : upTo);
    }
}

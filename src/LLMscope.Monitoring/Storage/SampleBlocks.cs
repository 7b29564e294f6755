using LLMscope.Monitoring.Samples;
using Npgsql;

namespace LLMscope.Monitoring.Storage;

/// <summary>
/// Samples in blocks: those of one group commit and one day, in the order of their sequence, are one row with an array for each column.
/// A row has a price of its own in the database, whatever is in it; in blocks a sample costs little more than its bytes.
/// People ask the view <c>samples</c>, which has a row for each.
/// </summary>
internal static class SampleBlocks
{
    /// <summary>So many samples a block has at most, which bounds what is read too much for one of them.</summary>
    private const int Most = 1_024;

    public static async Task CopyAsync(NpgsqlConnection connection, ArchiveGroup rows, CancellationToken cancellation)
    {
        if (rows.Samples.Count == 0)
            return;

        await using var copy = await BinaryCopy.BeginAsync(
            connection,
            "COPY sample_blocks (day, first_sequence, count, series_ids, times, values, standings, call_ids, counts) FROM STDIN (FORMAT BINARY)",
            cancellation);
        for (var next = 0; next < rows.Samples.Count;)
        {
            next = Fill(copy, rows.Samples, next);
            await copy.FlushAsync(cancellation);
        }

        await copy.CompleteAsync(cancellation);
    }

    /// <summary>Encodes blocks until the buffer is full.</summary>
    /// <returns>The sample that comes next.</returns>
    private static int Fill(BinaryCopy copy, ReadOnlySpan<ArchivedSample> samples, int next)
    {
        while (next < samples.Length && !copy.IsFull)
        {
            var block = BlockAt(samples[next..]);
            Write(copy, block);
            next += block.Length;
        }

        return next;
    }

    /// <summary>The first of these samples that are of one day; their sequences follow each other.</summary>
    private static ReadOnlySpan<ArchivedSample> BlockAt(ReadOnlySpan<ArchivedSample> samples)
    {
        var day = samples[0].Sample.Time.Date;
        var length = Math.Min(Most, samples.Length);
        for (var i = 1; i < length; i++)
        {
            if (samples[i].Sample.Time.Date != day)
                return samples[..i];
        }

        return samples[..length];
    }

    private static void Write(BinaryCopy copy, ReadOnlySpan<ArchivedSample> block)
    {
        copy.StartRow(9);
        copy.Write(DateOnly.FromDateTime(block[0].Sample.Time));
        copy.Write(block[0].Sequence);
        copy.Write(block.Length);

        var (isJudged, hasCalls, isSingle) = (true, false, true);
        copy.StartArray(ArrayOf.Int, block.Length);
        foreach (ref readonly var row in block)
        {
            copy.Write(row.Sample.Series.Id);
            isJudged &= row.Sample.Standing == Standing.Judged;
            hasCalls |= row.CallId != 0;
            isSingle &= row.Sample.Count == 1;
        }

        copy.StartArray(ArrayOf.Long, block.Length);
        foreach (ref readonly var row in block)
            copy.Write(row.Sample.Time);

        copy.StartArray(ArrayOf.Double, block.Length);
        foreach (ref readonly var row in block)
            copy.Write(row.Sample.Value);

        // What nearly all samples have in common is not written: a column that is null costs a bit.
        if (isJudged)
        {
            copy.WriteNull();
        }
        else
        {
            copy.StartArray(ArrayOf.Short, block.Length);
            foreach (ref readonly var row in block)
                copy.Write((short)row.Sample.Standing);
        }

        if (!hasCalls)
        {
            copy.WriteNull();
        }
        else
        {
            copy.StartArray(ArrayOf.Long, block.Length);
            foreach (ref readonly var row in block)
                copy.Write(row.CallId);
        }

        if (isSingle)
        {
            copy.WriteNull();
        }
        else
        {
            copy.StartArray(ArrayOf.Int, block.Length);
            foreach (ref readonly var row in block)
                copy.Write(row.Sample.Count);
        }
    }

    /// <summary>By series, the newest time among the samples that are in no point yet: not judged, or in an open subgroup.</summary>
    public static async Task<Dictionary<int, DateTime>> LatestAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            WITH from_here AS (SELECT least(judged, oldest_open) AS sequence FROM judging)
            SELECT i.series_id, max(i.time)
            FROM sample_blocks b
            CROSS JOIN LATERAL unnest(b.series_ids, b.times, b.standings) WITH ORDINALITY AS i (series_id, time, standing, place)
            WHERE b.first_sequence > (SELECT sequence FROM from_here) - $3 AND b.first_sequence + i.place - 1 > (SELECT sequence FROM from_here)
                AND coalesce(i.standing, $1) IN ($1, $2)
            GROUP BY i.series_id
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)Standing.Judged });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)Standing.History });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Most });

        var latest = new Dictionary<int, DateTime>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            latest[reader.GetInt32(0)] = BinaryCopy.TimeOf(reader.GetInt64(1));

        return latest;
    }

    /// <summary>The archived samples after one sequence up to another, at most <paramref name="limit"/>, in order; and up to where that is all.</summary>
    public static async Task<(ArchivedSample[] Samples, long UpTo)> ReadAsync(
        NpgsqlConnection connection, SeriesCatalog catalog, long after, long upTo, int limit, CancellationToken cancellation)
    {
        var blocks = await BlocksAsync(connection, after, upTo, limit, cancellation);
        var lengths = await LengthsAsync(connection, blocks, cancellation);
        var samples = new List<ArchivedSample>();
        var (rows, last) = (0, after);
        foreach (var block in blocks)
        {
            for (var i = (int)Math.Max(0, after + 1 - block.FirstSequence); i < block.SeriesIds.Length && block.FirstSequence + i <= upTo && rows < limit; i++)
            {
                (rows, last) = (rows + 1, block.FirstSequence + i);

                // A series that is not in the catalog was removed with its demonstration.
                if (catalog.Find(block.SeriesIds[i]) is { } series)
                    samples.Add(new ArchivedSample(last, block.SampleAt(i, series, lengths), 0));
            }
        }

        return ([.. samples], rows == limit ? last : upTo);
    }

    /// <summary>The blocks that hold the first samples after one sequence up to another, no more of them than hold as many as are asked for.</summary>
    private static async Task<List<Block>> BlocksAsync(NpgsqlConnection connection, long after, long upTo, int limit, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT first_sequence, series_ids, times, values, standings, call_ids, counts
            FROM (
                SELECT *, sum(least(count, first_sequence + count - 1 - $1)) OVER (ORDER BY first_sequence) - least(count, first_sequence + count - 1 - $1) AS before
                FROM sample_blocks
                WHERE first_sequence > $1 - $4 AND first_sequence <= $2 AND first_sequence + count - 1 > $1
            ) due
            WHERE before < $3
            ORDER BY first_sequence
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Most });

        var blocks = new List<Block>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            blocks.Add(new Block(
                reader.GetInt64(0), reader.GetFieldValue<int[]>(1), reader.GetFieldValue<long[]>(2), reader.GetFieldValue<double[]>(3),
                reader.IsDBNull(4) ? null : reader.GetFieldValue<short[]>(4),
                reader.IsDBNull(5) ? null : reader.GetFieldValue<long[]>(5),
                reader.IsDBNull(6) ? null : reader.GetFieldValue<int[]>(6)));
        }

        return blocks;
    }

    /// <summary>The lengths of the calls of these samples, as far as they are known.</summary>
    private static async Task<Dictionary<long, TokenCounts>> LengthsAsync(NpgsqlConnection connection, List<Block> blocks, CancellationToken cancellation)
    {
        var lengths = new Dictionary<long, TokenCounts>();
        var calls = blocks.SelectMany(block => block.CallIds ?? []).Where(id => id != 0).ToArray();
        if (calls.Length == 0)
            return lengths;

        // Those of a stretch of samples are a stretch of calls, give or take what came without a call.
        await using var command = new NpgsqlCommand("SELECT id, input_tokens, cached_tokens, output_tokens FROM calls WHERE id BETWEEN $1 AND $2", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = calls.Min() });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = calls.Max() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            lengths[reader.GetInt64(0)] = new TokenCounts(Int(reader, 1), Int(reader, 2), Int(reader, 3));

        return lengths;
    }

    private static int? Int(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

    private sealed record Block(long FirstSequence, int[] SeriesIds, long[] Times, double[] Values, short[]? Standings, long[]? CallIds, int[]? Counts)
    {
        public Sample SampleAt(int place, Series series, Dictionary<long, TokenCounts> lengths) => new(
            series, BinaryCopy.TimeOf(Times[place]), Values[place], Standings is null ? Standing.Judged : (Standing)Standings[place],
            Length: CallIds is not null && lengths.TryGetValue(CallIds[place], out var length) ? length : default,
            Count: Counts?[place] ?? 1);
    }
}

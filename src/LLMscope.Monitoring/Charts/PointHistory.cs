using LLMscope.Monitoring.Violations;
using Npgsql;

namespace LLMscope.Monitoring.Charts;

/// <summary>Stored points, as they were judged.</summary>
public sealed class PointHistory
{
    /// <summary>Points of a violation itself that its page shows; a longer one shows its beginning and its end.</summary>
    public const int MostOfViolation = 400;

    private const int MostSized = 2_000;

    private readonly NpgsqlDataSource _database;

    internal PointHistory(NpgsqlDataSource database) => _database = database;

    /// <summary>
    /// The points of a chart from one time up to another. More than <paramref name="most"/> are thinned to the smallest and the largest
    /// of each bucket, but every signalled point, every start of a segment, the first and the last are always there: nothing that was
    /// flagged is ever hidden, and no average is drawn.
    /// </summary>
    public async Task<PointWindow> WindowAsync(int chartId, DateTime from, DateTime to, int most, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var count = new NpgsqlCommand("SELECT count(*) FROM points WHERE chart_id = $1 AND time >= $2 AND time < $3", connection);
        AddRange(count, chartId, from, to);
        var total = (long)(await count.ExecuteScalarAsync(cancellation))!;

        await using var command = new NpgsqlCommand(total <= most ? Whole : Thinned, connection);
        AddRange(command, chartId, from, to);
        if (total > most)
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Math.Max(1, most / 2) });

        return new PointWindow(await ReadAsync(command, cancellation), total);
    }

    /// <summary>The points after one number up to another, oldest first, at most <paramref name="most"/>: the newest of them.</summary>
    public async Task<IReadOnlyList<ChartPoint>> BetweenAsync(int chartId, long after, long upTo, int most, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(
            $"""
            SELECT * FROM (
                SELECT {PointRows.Columns} FROM points WHERE chart_id = $1 AND number > $2 AND number <= $3 ORDER BY time DESC, number DESC LIMIT $4
            ) newest ORDER BY number
            """,
            connection);
        AddNumbers(command, chartId, after, upTo);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        return await ReadAsync(command, cancellation);
    }

    /// <summary>The points from one time up to another, oldest first and none thinned, at most <paramref name="most"/>: the newest of them.</summary>
    public async Task<IReadOnlyList<ChartPoint>> NewestAsync(int chartId, DateTime from, DateTime to, int most, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(
            $"""
            SELECT * FROM (
                SELECT {PointRows.Columns} FROM points WHERE chart_id = $1 AND time >= $2 AND time < $3 ORDER BY time DESC, number DESC LIMIT $4
            ) newest ORDER BY number
            """,
            connection);
        AddRange(command, chartId, from, to);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        return await ReadAsync(command, cancellation);
    }

    /// <summary>The points that the limits of a baseline were estimated from, oldest first, as far as they are still kept: without the excluded ones and those of violations.</summary>
    public async Task<IReadOnlyList<ChartPoint>> OfBaselineAsync(Baseline baseline, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(
            $"""
            SELECT {PointRows.Columns} FROM points p WHERE chart_id = $1 AND number > $2 AND number <= $3 AND time >= $4 AND number <> ALL ($5)
              AND (NOT $6 OR NOT EXISTS (SELECT FROM violations v WHERE v.chart_id = p.chart_id AND p.number BETWEEN coalesce(v.began_number, v.opened_number) AND v.last_signal_number))
            ORDER BY number LIMIT $7
            """,
            connection);
        AddNumbers(command, baseline.ChartId, baseline.FirstNumber - 1, baseline.LastNumber);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = baseline.From });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. baseline.Estimate.Excluded.Select(excluded => excluded.Number)] });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = LeftOutViolations(baseline) });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Rebaselining.MostPoints });
        return await ReadAsync(command, cancellation);
    }

    /// <summary>How many of the newest points, from one number on, stand for each number of samples.</summary>
    public async Task<IReadOnlyList<(int Size, long Points)>> SizesAsync(int chartId, long from, CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand(
            """
            SELECT count, count(*) FROM (SELECT count FROM points WHERE chart_id = $1 AND number >= $2 ORDER BY time DESC, number DESC LIMIT $3) newest GROUP BY count
            """);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = chartId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostSized });
        var sizes = new List<(int, long)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            sizes.Add((reader.GetInt32(0), reader.GetInt64(1)));

        return sizes;
    }

    /// <summary>The points of a violation with the ten before it and the ten after its last signal, as far as they exist.</summary>
    public async Task<IReadOnlyList<ChartPoint>> AroundAsync(Violation violation, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(
            $"""
            SELECT {PointRows.Columns} FROM (
                SELECT * FROM points WHERE chart_id = $1 AND number > $2 AND number <= $3 AND time >= $4
                UNION ALL
                SELECT * FROM kept_points WHERE chart_id = $1 AND number > $2 AND number <= $3 AND time >= $4
            ) p
            WHERE number <= $5 OR number > $6
            ORDER BY number
            """,
            connection);
        AddNumbers(command, violation.ChartId, violation.OpenedNumber - Violation.PointsAround - 1, violation.LastSignalNumber + Violation.PointsAround);

        // Ten points may reach far back on a slow chart; the bound only spares partitions that cannot matter.
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = violation.OpenedAt.AddDays(-40) });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = violation.OpenedNumber + (MostOfViolation / 2) });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = violation.LastSignalNumber - (MostOfViolation / 2) });
        return await ReadAsync(command, cancellation);
    }

    // Fewer points than the stretch has, beyond those that are named: violations were left out when it was confirmed.
    private static bool LeftOutViolations(Baseline baseline) =>
        baseline.Estimate.Count + baseline.Estimate.Excluded.Count < baseline.LastNumber - baseline.FirstNumber + 1;

    private static readonly string Whole =
        $"SELECT {PointRows.Columns} FROM points WHERE chart_id = $1 AND time >= $2 AND time < $3 ORDER BY time, number";

    private static readonly string Thinned =
        $"""
        SELECT {PointRows.Columns} FROM (
            SELECT *,
                row_number() OVER (PARTITION BY bucket ORDER BY value, number) AS from_below,
                row_number() OVER (PARTITION BY bucket ORDER BY value DESC, number) AS from_above,
                min(number) OVER () AS first_number,
                max(number) OVER () AS last_number
            FROM (
                SELECT *, width_bucket(extract(epoch FROM time), extract(epoch FROM $2), extract(epoch FROM $3), $4) AS bucket
                FROM points WHERE chart_id = $1 AND time >= $2 AND time < $3
            ) bucketed
        ) ranked
        WHERE from_below = 1 OR from_above = 1 OR signals <> 0 OR starts_segment OR number IN (first_number, last_number)
        ORDER BY time, number
        """;

    private static void AddRange(NpgsqlCommand command, int chartId, DateTime from, DateTime to)
    {
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = chartId });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = to });
    }

    private static void AddNumbers(NpgsqlCommand command, int chartId, long after, long upTo)
    {
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = chartId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
    }

    private static async Task<List<ChartPoint>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var points = new List<ChartPoint>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            points.Add(PointRows.Read(reader));

        return points;
    }
}

/// <param name="Points">Oldest first.</param>
/// <param name="Total">How many points the window has; more than are here where they were thinned.</param>
public sealed record PointWindow(IReadOnlyList<ChartPoint> Points, long Total);

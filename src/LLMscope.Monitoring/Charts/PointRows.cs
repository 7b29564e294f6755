using LLMscope.Monitoring.Storage;
using LLMscope.Spc.Rules;
using Npgsql;

namespace LLMscope.Monitoring.Charts;

/// <summary>Points as rows: written by binary COPY, never changed.</summary>
internal static class PointRows
{
    public const string Columns =
        "number, time, value, count, moving_range, phase, starts_segment, baseline_id, centre, lower, upper, signals, downward, last_sequence, " +
        "expected, cusum_up, cusum_down, ewma, input_tokens, cached_tokens, output_tokens, deviation, range, spread_centre, spread_lower, spread_upper, " +
        "vector, averages, contributions, deviations";

    public static async Task CopyAsync(
        NpgsqlConnection connection, IReadOnlyList<(LiveChart Chart, ChartPoint Point)> points, CancellationToken cancellation)
    {
        await using var copy = await BinaryCopy.BeginAsync(connection, $"COPY points (chart_id, {Columns}) FROM STDIN (FORMAT BINARY)", cancellation);
        foreach (var (chart, point) in points)
        {
            if (copy.IsFull)
                await copy.FlushAsync(cancellation);

            Write(copy, chart.Id, point);
        }

        await copy.CompleteAsync(cancellation);
    }

    private static void Write(BinaryCopy copy, int chartId, ChartPoint point)
    {
        copy.StartRow(31);
        copy.Write(chartId);
        copy.Write(point.Number);
        copy.Write(point.Time);
        copy.Write(point.Value);
        copy.Write(point.Count);
        copy.Write(point.MovingRange);
        copy.Write((short)point.Phase);
        copy.Write(point.StartsSegment);
        copy.Write(point.BaselineId);
        copy.Write(point.Centre);
        copy.Write(point.Lower);
        copy.Write(point.Upper);
        copy.Write((short)point.Signals.Rules);
        copy.Write((short)point.Signals.Downward);
        copy.Write(point.LastSequence);
        copy.Write(point.Expected);
        copy.Write(point.CusumUp);
        copy.Write(point.CusumDown);
        copy.Write(point.Ewma);
        copy.Write(point.Length?.Input);
        copy.Write(point.Length?.Cached);
        copy.Write(point.Length?.Output);
        copy.Write(point.Spread?.Deviation);
        copy.Write(point.Spread?.Range);
        copy.Write(point.Spread?.Centre);
        copy.Write(point.Spread?.Lower);
        copy.Write(point.Spread?.Upper);
        copy.Write(point.Joint?.Values);
        copy.Write(point.Joint?.Averages);
        copy.Write(point.Joint?.Contributions);
        copy.Write(point.Joint?.Deviations);
    }

    /// <summary>Reads the row whose point columns begin at <paramref name="first"/>.</summary>
    public static ChartPoint Read(NpgsqlDataReader reader, int first = 0) => new(
        reader.GetInt64(first),
        reader.GetDateTime(first + 1),
        reader.GetDouble(first + 2),
        reader.GetInt32(first + 3),
        Double(reader, first + 4),
        (PointPhase)reader.GetInt16(first + 5),
        reader.GetBoolean(first + 6),
        reader.IsDBNull(first + 7) ? null : reader.GetInt32(first + 7),
        Double(reader, first + 8),
        Double(reader, first + 9),
        Double(reader, first + 10),
        new RuleSignals((RuleSet)reader.GetInt16(first + 11), (RuleSet)reader.GetInt16(first + 12)),
        reader.GetInt64(first + 13))
    {
        Expected = Double(reader, first + 14),
        CusumUp = Double(reader, first + 15),
        CusumDown = Double(reader, first + 16),
        Ewma = Double(reader, first + 17),
        Length = reader.IsDBNull(first + 18) ? null : new MeanLength(reader.GetDouble(first + 18), Double(reader, first + 19), reader.GetDouble(first + 20)),
        Spread = reader.IsDBNull(first + 21) ? null : new PointSpread(reader.GetDouble(first + 21), reader.GetDouble(first + 22))
        {
            Centre = Double(reader, first + 23),
            Lower = Double(reader, first + 24),
            Upper = Double(reader, first + 25),
        },
        Joint = Doubles(reader, first + 26) is { } vector
            ? new JointVector(vector) { Averages = Doubles(reader, first + 27), Contributions = Doubles(reader, first + 28), Deviations = Doubles(reader, first + 29) }
            : null,
    };

    /// <summary>The last points of every chart, oldest first: all that are being collected, or enough to rebuild a run memory and a sparkline.</summary>
    public static async Task<Dictionary<int, List<ChartPoint>>> LoadLastAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT c.id, p.* FROM charts c
            CROSS JOIN LATERAL (
                SELECT {Columns} FROM points WHERE chart_id = c.id ORDER BY time DESC, number DESC
                LIMIT CASE WHEN EXISTS (SELECT FROM baselines b WHERE b.chart_id = c.id AND b.first_number >= c.collects_from) THEN $1 ELSE 2000 END
            ) p ORDER BY c.id, p.number
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ChartSummary.RecentPoints });

        var points = new Dictionary<int, List<ChartPoint>>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (!points.TryGetValue(reader.GetInt32(0), out var ofChart))
                points[reader.GetInt32(0)] = ofChart = [];
            ofChart.Add(Read(reader, 1));
        }

        return points;
    }

    /// <summary>The time of the point that began the pace's stretch of each chart of single samples. Read from the index alone.</summary>
    public static async Task<Dictionary<int, DateTime>> LoadPaceAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT c.id, began.time FROM charts c
            CROSS JOIN LATERAL (SELECT number FROM points WHERE chart_id = c.id ORDER BY time DESC, number DESC LIMIT 1) last
            CROSS JOIN LATERAL (
                SELECT time FROM points WHERE chart_id = c.id ORDER BY time DESC, number DESC OFFSET (last.number - 1) % $1 LIMIT 1
            ) began
            WHERE c.subgroup = interval '0'
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Pace.Stretch });

        var began = new Dictionary<int, DateTime>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            began[reader.GetInt32(0)] = reader.GetDateTime(1);

        return began;
    }

    private static double[]? Doubles(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<double[]>(column);

    private static double? Double(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);
}

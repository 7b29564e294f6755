using LLMscope.Monitoring.Violations;
using Npgsql;

namespace LLMscope.Monitoring.Charts;

/// <summary>Estimates limits again from stored points: to confirm provisional ones, by a policy, or because someone asks for it. Points of violations never enter.</summary>
internal sealed class Rebaselining(NpgsqlDataSource database, ChartLedger ledger, TimeProvider clock)
{
    /// <summary>Bounds what is read, and so what an estimate costs. The newest are taken.</summary>
    public const int MostPoints = 5_000;

    /// <summary>A violation that lasts so many points is another level of the process.</summary>
    public const int LastingPoints = 200;

    // An estimate that failed is tried again after so many points.
    private const int RetryPoints = 100;

    /// <summary>
    /// Whether the limits of a chart are due, right after this point, to be confirmed, or to follow the process by its policy. It says so of one point and
    /// not of the next, so that a chart comes to the same limits whenever it is asked.
    /// </summary>
    public static bool IsDue(LiveChart chart, ChartPoint point) =>
        chart.Plan.Choices.Rebaselining != RebaseliningPolicy.Manual && IsLasting(chart, point) ? true
        : chart.Baseline is { Confirmed: false } baseline && baseline.LastNumber < point.Number && chart.Episodes.Open.Count == 0
            && ChartKinds.Of(chart.Plan.Kind)!.ConfirmedPoints is > 0 and var wanted
            && point.Number - chart.CollectsFrom + 1 >= wanted && (point.Number - chart.CollectsFrom + 1 - wanted) % RetryPoints == 0
            && !chart.IsAboutToChange;

    /// <summary>Does what is due, or proposes it.</summary>
    public async Task RunAsync(LiveChart chart, MonitorTurn turn, CancellationToken cancellation)
    {
        if (chart.Last is not { } last || chart.Baseline is null)
            return;

        if (Lasting(chart, last) is not { } violation)
        {
            await FreezeAsync(chart, chart.CollectsFrom, last.Number, ChartLedger.Itself, n => $"confirmed by {n} points since point {chart.CollectsFrom}, without those of violations", confirms: true, turn, cancellation);
            return;
        }

        var began = violation.BeganNumber ?? violation.OpenedNumber;
        var why = $"The process has been at another level for {last.Number - began + 1} points, since point {began}.";
        if (chart.Plan.Choices.Rebaselining == RebaseliningPolicy.Automatic
            && await FreezeAsync(chart, began, last.Number, ChartLedger.Itself, n => $"{why} The policy of the chart takes it as the new baseline.", confirms: false, turn, cancellation) is null)
        {
            turn.Annotations.Add(ledger.Annotate(chart, last.Time, $"{why} It is the new baseline by the policy of the chart."));
            return;
        }

        chart.Propose(new RebaselineProposal(began, violation.BeganAt ?? violation.OpenedAt, why, clock.GetUtcNow().UtcDateTime), turn);
    }

    /// <summary>Estimates limits from points and judges by them from now on.</summary>
    /// <param name="confirms">Whether it replaces provisional limits of the same stretch; points of violations are then left out.</param>
    /// <returns>Null, or why there are no limits; then nothing has changed.</returns>
    public async Task<string?> FreezeAsync(
        LiveChart chart, long from, long upTo, string by, Func<int, string> reason, bool confirms, MonitorTurn turn, CancellationToken cancellation)
    {
        var kind = ChartKinds.Of(chart.Plan.Kind);
        if (kind is null)
            return "This chart only records; it has no limits.";

        var points = await ReadAsync(chart.Id, Math.Max(from, chart.PlannedFrom), upTo, confirms, cancellation);
        if (!kind.Progress(chart.Plan, points).IsEnough)
            return $"There are {points.Count} points, and limits need {kind.Progress(chart.Plan, points).Wanted}.";

        var proposal = kind.Estimate(chart.Plan, points);
        if (proposal.Estimate is not { } estimate)
            return proposal.Problem;

        chart.Adopt(ledger.Freeze(chart, estimate, points, by, reason(points.Count), confirmed: points.Count >= kind.ConfirmedPoints * 4 / 5), turn);
        return null;
    }

    private static bool IsLasting(LiveChart chart, ChartPoint point) =>
        chart.Episodes.Open.Any(violation => point.Number - violation.OpenedNumber == LastingPoints);

    private static Violation? Lasting(LiveChart chart, ChartPoint point) =>
        chart.Episodes.Open.FirstOrDefault(violation => point.Number - violation.OpenedNumber >= LastingPoints);

    private async Task<List<ChartPoint>> ReadAsync(int chartId, long from, long upTo, bool withoutViolations, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"""
            SELECT * FROM (
                SELECT {PointRows.Columns} FROM points p WHERE chart_id = $1 AND number >= $2 AND number <= $3
                  AND NOT ($4 AND EXISTS (SELECT FROM violations v WHERE v.chart_id = p.chart_id
                      AND p.number BETWEEN coalesce(v.began_number, v.opened_number) AND v.last_signal_number))
                ORDER BY time DESC, number DESC LIMIT $5
            ) newest ORDER BY number
            """);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = chartId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = withoutViolations });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostPoints });

        var points = new List<ChartPoint>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            points.Add(PointRows.Read(reader));

        return points;
    }
}

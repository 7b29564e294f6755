using LLMscope.Monitoring.Charts;
using Npgsql;

namespace LLMscope.Monitoring;

/// <summary>What people do with a chart: change its plan, freeze a new baseline, accept or dismiss one that is proposed, declare a deploy.</summary>
public sealed class ChartControl
{
    private readonly ChartBoard _board;
    private readonly MonitorGate _gate;
    private readonly Rebaselining _rebaselining;
    private readonly TurnWriter _writer;
    private readonly TurnPublisher _publisher;
    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _clock;

    internal ChartControl(
        ChartBoard board, MonitorGate gate, Rebaselining rebaselining, TurnWriter writer, TurnPublisher publisher, NpgsqlDataSource database, TimeProvider clock) =>
        (_board, _gate, _rebaselining, _writer, _publisher, _database, _clock) = (board, gate, rebaselining, writer, publisher, database, clock);

    /// <summary>
    /// Takes another plan. Where it needs other limits, they are estimated at once from the points of the baseline in force, or collected anew; where it
    /// only looks for other things, the limits stay. Either way patterns begin again with the next point. A kind that does not suit the series is refused.
    /// </summary>
    /// <param name="change">From the plan in force to the wanted one.</param>
    public Task<ChartAnswer> PlanAsync(int chartId, Func<ChartPlan, ChartPlan> change, string by, CancellationToken cancellation) => ChangeAsync(
        chartId,
        async (chart, turn) =>
        {
            var before = chart.Plan;
            var after = change(before).After(before, chart.Series.Characteristic);
            if (after == before)
                return null;
            if (ChartKinds.Refusal(after, chart.Series.Characteristic) is { } refusal)
                return refusal;

            if (before.Kind != after.Kind || !ChartKinds.PlotAlike(before, after) || chart.Baseline is not { } baseline)
            {
                chart.Replan(after, turn);
                return null;
            }

            chart.Retune(after, turn);
            var sameLimits = before.Transform == after.Transform && before.Choices.Transform == after.Choices.Transform
                && before.Choices.Predictor == after.Choices.Predictor && before.Choices.SigmaFloor.Equals(after.Choices.SigmaFloor);
            if (sameLimits)
                return null;

            var problem = await _rebaselining.FreezeAsync(
                chart, baseline.FirstNumber, baseline.LastNumber, by, n => $"the {n} points of baseline {baseline.Version} under another plan", confirms: false, turn, cancellation);
            if (problem is not null)
                chart.Replan(after, turn);
            return null;
        },
        cancellation);

    /// <summary>Freezes a new baseline of the stored points of a time, or begins to collect one where none is given.</summary>
    public Task<ChartAnswer> RebaselineAsync(int chartId, DateTime? from, DateTime? to, string by, string reason, CancellationToken cancellation) => ChangeAsync(
        chartId,
        async (chart, turn) =>
        {
            if (from is null && to is null)
            {
                var now = _clock.GetUtcNow();
                turn.Annotations.Add(new Annotation(
                    Guid.CreateVersion7(now), now.UtcDateTime, Annotation.BaselineChange, $"{by} collects a new baseline: {reason}", chart.Id, null, chart.Series.Source.Demo, now.UtcDateTime));
                chart.Replan(chart.Plan, turn);
                return null;
            }

            var (first, last) = await NumbersAsync(chartId, from ?? DateTime.UnixEpoch, to ?? _clock.GetUtcNow().UtcDateTime, cancellation);
            return first is null || last is null
                ? "There are no points in this time."
                : await _rebaselining.FreezeAsync(chart, first.Value, last.Value, by, _ => reason, confirms: false, turn, cancellation);
        },
        cancellation);

    /// <summary>Accepts what is proposed: of a level that lasts, its points become the baseline; after a declared change one is collected.</summary>
    public Task<ChartAnswer> AcceptProposalAsync(int chartId, string by, CancellationToken cancellation) => ChangeAsync(
        chartId,
        async (chart, turn) =>
        {
            if (chart.Proposal is not { } proposal)
                return "No new baseline is proposed.";

            if (chart.Last is { } last && proposal.FromNumber <= last.Number
                && await _rebaselining.FreezeAsync(chart, proposal.FromNumber, last.Number, by, _ => proposal.Reason, confirms: false, turn, cancellation) is null)
            {
                return null;
            }

            chart.Replan(chart.Plan, turn);
            return null;
        },
        cancellation);

    public Task<ChartAnswer> DismissProposalAsync(int chartId, CancellationToken cancellation) => ChangeAsync(
        chartId,
        (chart, turn) =>
        {
            if (chart.Proposal is null)
                return Task.FromResult<string?>("No new baseline is proposed.");

            chart.Propose(null, turn);
            return Task.FromResult<string?>(null);
        },
        cancellation);

    /// <summary>A deploy or another declared change: on the charts that it concerns patterns begin again, and a new baseline is proposed.</summary>
    public async Task DeclareAsync(Annotation annotation, CancellationToken cancellation)
    {
        if (annotation.Kind is not (Annotation.Deploy or Annotation.ModelChange))
            return;

        using var _ = await _gate.EnterAsync(cancellation);
        var turn = new MonitorTurn();
        var now = _clock.GetUtcNow().UtcDateTime;
        foreach (var chart in _board.All.Where(chart => Concerns(annotation, chart)))
            chart.Declare($"{(annotation.Kind == Annotation.Deploy ? "Deploy" : "Model change")}: {annotation.Text}", now, turn);

        await SaveAsync(turn, cancellation);
    }

    private static bool Concerns(Annotation annotation, LiveChart chart) =>
        annotation.ChartId is { } id ? chart.Id == id
        : chart.Series.Source.Demo == annotation.Demo && (annotation.Model is null || chart.Series.Source.Model == annotation.Model);

    private async Task<ChartAnswer> ChangeAsync(int chartId, Func<LiveChart, MonitorTurn, Task<string?>> change, CancellationToken cancellation)
    {
        using var _ = await _gate.EnterAsync(cancellation);
        if (_board.FindLive(chartId) is not { } chart)
            return new ChartAnswer(null, null);

        var turn = new MonitorTurn();
        var problem = await change(chart, turn);
        await SaveAsync(turn, cancellation);
        return new ChartAnswer(chart.Audience.Summary, problem);
    }

    private async Task SaveAsync(MonitorTurn turn, CancellationToken cancellation)
    {
        if (turn.IsEmpty)
            return;

        await _writer.SaveAsync(turn, cancellation);
        _publisher.Publish(turn);
    }

    private async Task<(long? First, long? Last)> NumbersAsync(int chartId, DateTime from, DateTime to, CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand("SELECT min(number), max(number) FROM points WHERE chart_id = $1 AND time >= $2 AND time < $3");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = chartId });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = to });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return reader.IsDBNull(0) ? (null, null) : (reader.GetInt64(0), reader.GetInt64(1));
    }
}

/// <param name="Chart">As it is now; null where there is no such chart.</param>
/// <param name="Problem">Why nothing changed; null where it did.</param>
public sealed record ChartAnswer(ChartSummary? Chart, string? Problem);

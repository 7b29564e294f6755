using System.Collections.Immutable;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc.Individuals;
using LLMscope.Spc.Judging;

namespace LLMscope.Monitoring.Charts;

/// <summary>
/// What is happening on one chart: it turns samples into points, freezes its baseline, judges, and opens and resolves violations.
/// Only the monitor writes it, one sample at a time in the order of commit; what it makes goes into a <see cref="MonitorTurn"/>.
/// </summary>
internal sealed class LiveChart(int id, Series series, ChartPlan plan)
{
    // Bounded: beyond it the oldest collected point makes room, so a chart that can have no limits yet does not grow.
    private const int MostCollected = 2_000;

    private readonly List<ChartPoint> _collected = [];
    private readonly List<ViolationChange> _changes = [];
    private readonly KeptOut _keptOut = new();
    private readonly RecentPoints _recent = new();
    private OpenSubgroup? _open;
    private readonly Pace _pace = new();
    private IPointJudge? _judge;
    private MovingRange _movingRange = new(plan.Transform);
    private bool _segmentStarts = true;
    private DateTime? _latestSample;

    public int Id { get; } = id;

    public Series Series { get; } = series;

    public ChartPlan Plan { get; private set; } = plan;

    public Baseline? Baseline { get; private set; }

    /// <summary>What is looked for with the baseline in force.</summary>
    public Detection? Detection { get; private set; }

    public string? Problem { get; private set; }

    /// <summary>A new baseline that seems due; null where none does.</summary>
    public RebaselineProposal? Proposal { get; private set; }

    /// <summary>The first point of the baseline that is being collected, or of the one in force.</summary>
    public long CollectsFrom { get; private set; } = 1;

    /// <summary>The first point that was made as the plan says; limits are never estimated from those before.</summary>
    public long PlannedFrom { get; private set; } = 1;

    public ChartPoint? Last { get; private set; }

    public Episodes Episodes { get; } = new(id);

    public ChartAudience Audience { get; } = new();

    /// <summary>Whether single samples come so fast that the chart is about to go over to subgroups, which have limits of their own.</summary>
    public bool IsAboutToChange => Last is not null && IsOfSingles && _pace.IsAboutToBeTooFast(Last);

    /// <summary>The units since the last event, on a chart of those between two.</summary>
    public OpenGap Gap { get; private set; } = new();

    /// <summary>What makes its points of samples of other series; null on a chart of its own samples.</summary>
    public JointIntake? Intake { get; set; }

    /// <summary>The joint charts that take the samples of this series too.</summary>
    public ImmutableArray<JointIntake> Joined { get; set; } = [];

    /// <summary>The sample before the open subgroup; null where every sample is in a point.</summary>
    public long? OpenSince => Intake is null ? _open?.SequenceBefore : Intake.OpenSince;

    /// <summary>Takes the next sample of the series.</summary>
    public void Add(in ArchivedSample archived, MonitorTurn turn, ChartLedger ledger)
    {
        var sample = archived.Sample;
        if (!sample.Standing.IsCharted())
        {
            turn.Touched.Add(this);
            _keptOut.Add(sample.Standing);
            return;
        }

        if (Last is { } last && (archived.Sequence <= last.LastSequence || sample.Time < last.Time))
        {
            // Either it is in a point already (a restart reads a little too far back), or its subgroup was closed for want of samples.
            if (archived.Sequence > last.LastSequence)
                _keptOut.Add(Standing.Late);
            turn.Touched.Add(this);
            return;
        }

        _latestSample = sample.Time;
        if (Plan.Subgroup == TimeSpan.Zero)
        {
            if (Statistic.Of(sample, archived.Sequence, ChartKinds.SourceOf(Plan.Kind), Last, Gap) is { } statistic)
                Plot(statistic, archived.Sequence, turn, ledger);
            else
                turn.Touched.Add(this);
            return;
        }

        if (_open is not null && sample.Time >= _open.End)
            CloseSubgroup(archived.Sequence - 1, turn, ledger);

        _open ??= new OpenSubgroup(sample.Time, Plan, archived.Sequence - 1);
        _open.Add(sample, archived.Sequence);
    }

    /// <summary>Makes a point of a subgroup that gets no more samples.</summary>
    public void CloseIdleSubgroup(DateTime now, TimeSpan grace, MonitorTurn turn, ChartLedger ledger)
    {
        Intake?.CloseIdle(now, grace, turn, ledger);
        if (_open is not null && _open.IsIdle(now, grace))
            CloseSubgroup(_open.LastSequence, turn, ledger);
    }

    /// <summary>Makes a point of an interval of several series.</summary>
    public void Take(OpenVector closed, MonitorTurn turn, ChartLedger ledger) => Plot(Statistic.Of(closed), closed.LastSequence, turn, ledger);

    /// <summary>Begins another plan: its points, limits and rules have nothing to do with those before.</summary>
    public void Replan(ChartPlan plan, MonitorTurn turn)
    {
        ResolveAll(turn);
        if (!ChartKinds.PlotAlike(Plan, plan))
            (PlannedFrom, Gap) = ((Last?.Number ?? 0) + 1, new OpenGap());
        Plan = plan;
        StartCollecting();
        turn.ChangedCharts.Add(this);
    }

    /// <summary>Goes on with the same limits under a plan that only looks for other things in them, from a new segment on.</summary>
    public void Retune(ChartPlan plan, MonitorTurn turn)
    {
        Plan = plan;
        turn.ChangedCharts.Add(this);
        if (Baseline is not null)
            JudgeBy(Baseline, ChartKinds.Of(plan.Kind)!.Detect(plan, Baseline));
    }

    /// <summary>Judges by another baseline from the next point on. What is open belonged to the old one.</summary>
    public void Adopt(Baseline baseline, MonitorTurn turn)
    {
        ResolveAll(turn);
        CollectsFrom = Math.Min(CollectsFrom, baseline.FirstNumber);
        Freeze(baseline, turn);
        turn.ChangedCharts.Add(this);
    }

    /// <summary>A change was declared: patterns do not reach over it, and a new baseline is proposed unless nobody wants proposals.</summary>
    public void Declare(string reason, DateTime now, MonitorTurn turn)
    {
        BreakSegment();
        if (Baseline is null || Last is null || Plan.Choices.Rebaselining == RebaseliningPolicy.Manual)
            return;

        Propose(new RebaselineProposal(Last.Number + 1, Last.Time, reason, now), turn);
    }

    public void Propose(RebaselineProposal? proposal, MonitorTurn turn)
    {
        Proposal = proposal;
        turn.ChangedCharts.Add(this);
    }

    public ChartSummary Summarize()
    {
        var wanted = Baseline is null && ChartKinds.Of(Plan.Kind) is { } kind ? kind.Progress(Plan, _collected).Wanted : 0;
        return new ChartSummary(
            Id, Series, Plan, Baseline, Last, _recent.Values, _collected.Count, wanted, Problem, _latestSample,
            Episodes.Open.Count == 0 ? [] : [.. Episodes.Open.Select(violation => violation.Id)],
            _keptOut.Counts)
        {
            Detection = Detection,
            Proposal = Proposal,
        };
    }

    /// <summary>Takes up where a stored chart stopped. Its last points rebuild what the rules remember.</summary>
    /// <param name="lastPoints">Oldest first: those being collected, or at least those of the longest window.</param>
    /// <param name="paceSince">The time of the point that began the stretch of the last point, for a chart of single samples.</param>
    public void Restore(StoredState state, IReadOnlyList<ChartPoint> lastPoints, DateTime? paceSince)
    {
        _pace.Restore(paceSince);
        var baseline = state.Baseline;
        (Problem, CollectsFrom, PlannedFrom, Proposal, Gap) = (state.Problem, state.CollectsFrom, state.PlannedFrom, state.Proposal, state.Gap);
        if (baseline is not null)
            JudgeBy(baseline, state.Detection ?? ChartKinds.Of(Plan.Kind)!.Detect(Plan, baseline));
        else
            _movingRange = new MovingRange(Plan.Transform);

        foreach (var point in lastPoints)
        {
            Remember(point);
            if (point.StartsSegment)
                BreakSegment();

            _movingRange.Add(point.Value);
            if (point.BaselineId is not null && point.BaselineId == baseline?.Id)
                _judge?.Recall(point);
            else if (baseline is null && point.Number >= CollectsFrom && point.Phase == PointPhase.Baseline)
                _collected.Add(point);
        }

        // The first point after a frozen baseline starts a segment; any later one continues what was restored.
        _segmentStarts = Last is null || Last.Number < CollectsFrom || (baseline is not null && Last.BaselineId != baseline.Id);
        if (_segmentStarts)
            _movingRange.Break();
    }

    private bool IsOfSingles => Plan.Subgroup == TimeSpan.Zero && ChartKinds.SourceOf(Plan.Kind) == PointSource.Samples;

    private void CloseSubgroup(long lastSequence, MonitorTurn turn, ChartLedger ledger)
    {
        var closed = _open!;
        _open = null;
        if (closed.Count > 0 && double.IsFinite(closed.Statistic))
            Plot(Statistic.Of(closed, ChartKinds.Of(Plan.Kind)), lastSequence, turn, ledger);
    }

    private void Plot(Statistic statistic, long lastSequence, MonitorTurn turn, ChartLedger ledger)
    {
        var source = ChartKinds.SourceOf(Plan.Kind);
        if (Baseline is not null && Last is not null && statistic.Time - Last.Time > Baseline.MaxGap && !source.IsOfEvents())
            BreakSegment();

        turn.Touched.Add(this);
        var range = _movingRange.Add(statistic.Value);
        var drawn = new ChartPoint(
            (Last?.Number ?? 0) + 1, statistic.Time, statistic.Value, statistic.Count, double.IsFinite(range) ? range : null,
            PointPhase.Recorded, _segmentStarts, null, null, null, null, default, lastSequence)
        { Length = statistic.Length, Spread = statistic.Spread, Joint = statistic.Joint };
        var (point, began) = Judged(drawn);
        _segmentStarts = false;
        Remember(point);
        turn.Points.Add((this, point));

        if (point.Phase == PointPhase.Judged)
            ObserveEpisodes(point, began, statistic.IsHistory, turn);
        else if (point.Phase == PointPhase.Baseline)
            Collect(point, turn, ledger);

        if (IsOfSingles && _pace.IsTooFast(point))
        {
            turn.Annotations.Add(ledger.Annotate(this, point.Time, Pace.Remark));
            Replan(Plan with { Subgroup = Pace.Subgroup }, turn);
        }
    }

    private (ChartPoint Point, int Began) Judged(ChartPoint point)
    {
        // The first event of all has none before it.
        if (Plan.Kind == ChartKind.Record || (point.Number == 1 && ChartKinds.SourceOf(Plan.Kind).IsOfEvents()))
            return (point, 0);

        if (_judge is null)
            return (point with { Phase = PointPhase.Baseline }, 0);

        var verdict = _judge.Judge(point);
        return (verdict.On(point, Baseline!.Id), verdict.Began);
    }

    private void ObserveEpisodes(ChartPoint point, int began, bool isHistory, MonitorTurn turn)
    {
        _changes.Clear();
        var change = _recent.ChangeOf(point, began, Detection!, _judge!.UsualAt);
        Episodes.Observe(
            new JudgedPoint(
                point.Number, point.Time, point.Value, point.BaselineId!.Value, point.Centre!.Value, point.Lower!.Value, point.Upper!.Value, point.Signals,
                Detection!.Alerting, change, !isHistory && change is not null && Plan.Choices.Effect.IsReachedBy(change.Shift, point.Centre!.Value)),
            _changes);
        Tell(turn);

        if (Rebaselining.IsDue(this, point))
            turn.Rebaselinings.Add(this);
    }

    private void ResolveAll(MonitorTurn turn)
    {
        _changes.Clear();
        if (Last is not null)
            Episodes.ResolveAll(Last.Time, Violation.NewBaseline, _changes);
        Tell(turn);
    }

    private void Tell(MonitorTurn turn)
    {
        foreach (var change in _changes)
            turn.Violations.Add((this, change with { Unit = ChartKinds.UnitOf(Plan.Kind, Series.Characteristic) }));
    }

    private void Collect(ChartPoint point, MonitorTurn turn, ChartLedger ledger)
    {
        _collected.Add(point);
        if (_collected.Count > MostCollected)
            _collected.RemoveAt(0);

        var kind = ChartKinds.Of(Plan.Kind);
        if (kind is null || !kind.Progress(Plan, _collected).IsEnough)
            return;

        var proposal = kind.Estimate(Plan, _collected);
        if (proposal.Problem != Problem)
        {
            Problem = proposal.Problem;
            turn.ChangedCharts.Add(this);
        }

        if (proposal.Estimate is not { } estimate)
            return;

        var reason = $"the first {_collected.Count} points since point {CollectsFrom}";
        Freeze(ledger.Freeze(this, estimate, _collected, ChartLedger.Itself, reason, confirmed: _collected.Count >= kind.ConfirmedPoints), turn);
        turn.ChangedCharts.Add(this);
    }

    private void Freeze(Baseline baseline, MonitorTurn turn)
    {
        (Problem, Proposal) = (null, null);
        JudgeBy(baseline, ChartKinds.Of(Plan.Kind)!.Detect(Plan, baseline));
        _collected.Clear();
        turn.NewBaselines.Add(baseline);
    }

    private void JudgeBy(Baseline baseline, Detection detection)
    {
        (Baseline, Detection) = (baseline, detection);
        _judge = ChartKinds.Of(Plan.Kind)!.JudgeBy(baseline, detection);
        _movingRange = new MovingRange(baseline.Estimate.Transform);
        _segmentStarts = true;
    }

    private void StartCollecting()
    {
        (Baseline, Detection, _judge, Problem, Proposal, _open) = (null, null, null, null, null, null);
        Intake?.Forget();
        _movingRange = new MovingRange(Plan.Transform);
        _collected.Clear();
        _segmentStarts = true;
        CollectsFrom = (Last?.Number ?? 0) + 1;
    }

    private void BreakSegment()
    {
        _judge?.Break();
        _movingRange.Break();
        _segmentStarts = true;
    }

    private void Remember(ChartPoint point)
    {
        Last = point;
        _latestSample = _latestSample is { } latest && latest > point.Time ? latest : point.Time;
        _recent.Add(point);
    }
}

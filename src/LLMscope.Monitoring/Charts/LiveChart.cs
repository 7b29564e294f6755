using System.Collections.Frozen;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc.Individuals;

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
    private readonly long[] _notJudged = new long[Enum.GetValues<Standing>().Length];
    private readonly Queue<double> _recent = new(ChartSummary.RecentPoints);
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

    public string? Problem { get; private set; }

    /// <summary>The first point of the baseline that is being collected, or of the one in force.</summary>
    public long CollectsFrom { get; private set; } = 1;

    public ChartPoint? Last { get; private set; }

    public Episodes Episodes { get; } = new(id);

    public ChartAudience Audience { get; } = new();

    /// <summary>The sample before the open subgroup; null where every sample is in a point.</summary>
    public long? OpenSince => _open?.SequenceBefore;

    /// <summary>Takes the next sample of the series.</summary>
    public void Add(in ArchivedSample archived, MonitorTurn turn, ChartLedger ledger)
    {
        var sample = archived.Sample;
        if (sample.Standing != Standing.Judged)
        {
            turn.Touched.Add(this);
            _notJudged[(int)sample.Standing]++;
            return;
        }

        if (Last is { } last && (archived.Sequence <= last.LastSequence || sample.Time < last.Time))
        {
            // Either it is in a point already (a restart reads a little too far back), or its subgroup was closed for want of samples.
            _notJudged[(int)Standing.Late] += archived.Sequence > last.LastSequence ? 1 : 0;
            turn.Touched.Add(this);
            return;
        }

        _latestSample = sample.Time;
        if (Plan.Subgroup == TimeSpan.Zero)
        {
            Plot(sample.Time, sample.Value, 1, archived.Sequence, turn, ledger);
            return;
        }

        if (_open is not null && sample.Time >= _open.End)
            CloseSubgroup(archived.Sequence - 1, turn, ledger);

        _open ??= new OpenSubgroup(sample.Time, Plan, archived.Sequence - 1);
        _open.Add(sample.Value, archived.Sequence);
    }

    /// <summary>Makes a point of a subgroup that gets no more samples.</summary>
    public void CloseIdleSubgroup(DateTime now, TimeSpan grace, MonitorTurn turn, ChartLedger ledger)
    {
        if (_open is not null && _open.IsIdle(now, grace))
            CloseSubgroup(_open.LastSequence, turn, ledger);
    }

    /// <summary>Begins another plan: its points, limits and rules have nothing to do with those before.</summary>
    public void Replan(ChartPlan plan, MonitorTurn turn)
    {
        ResolveAll(turn);
        Plan = plan;
        StartCollecting();
        turn.ChangedCharts.Add(this);
    }

    public ChartSummary Summarize()
    {
        var (wanted, kind) = (0, ChartKinds.Of(Plan.Kind));
        if (Baseline is null && kind is not null)
            wanted = kind.Progress(Plan, _collected).Wanted;

        return new ChartSummary(
            Id, Series, Plan, Baseline, Last, [.. _recent], _collected.Count, wanted, Problem, _latestSample,
            Episodes.Open.Count == 0 ? [] : [.. Episodes.Open.Select(violation => violation.Id)],
            CountNotJudged());
    }

    /// <summary>Takes up where a stored chart stopped. Its last points rebuild what the rules remember.</summary>
    /// <param name="lastPoints">Oldest first: those being collected, or at least those of the longest window.</param>
    /// <param name="paceSince">The time of the point that began the stretch of the last point, for a chart of single samples.</param>
    public void Restore(Baseline? baseline, string? problem, long collectsFrom, IReadOnlyList<ChartPoint> lastPoints, DateTime? paceSince)
    {
        _pace.Restore(paceSince);
        (Baseline, Problem, CollectsFrom) = (baseline, problem, collectsFrom);
        _judge = baseline is null ? null : ChartKinds.Of(Plan.Kind)?.JudgeBy(baseline, Plan.Rules);
        _movingRange = new MovingRange(baseline?.Transform ?? Plan.Transform);
        foreach (var point in lastPoints)
        {
            Remember(point);
            if (point.StartsSegment)
                BreakSegment();

            _movingRange.Add(point.Value);
            if (point.BaselineId is not null && point.BaselineId == baseline?.Id)
                _judge?.Judge(point.Value, point.Count);
            else if (baseline is null && point.Number >= collectsFrom && Plan.Kind != ChartKind.Record)
                _collected.Add(point);
        }

        // The first point after a frozen baseline starts a segment; any later one continues what was restored.
        _segmentStarts = Last is null || Last.Number < collectsFrom || (baseline is not null && Last.BaselineId != baseline.Id);
        if (_segmentStarts)
            _movingRange.Break();
    }

    private void CloseSubgroup(long lastSequence, MonitorTurn turn, ChartLedger ledger)
    {
        var closed = _open!;
        _open = null;
        if (closed.Count > 0 && double.IsFinite(closed.Statistic))
            Plot(closed.End, closed.Statistic, closed.Count, lastSequence, turn, ledger);
    }

    private void Plot(DateTime time, double value, int count, long lastSequence, MonitorTurn turn, ChartLedger ledger)
    {
        if (Baseline is not null && Last is not null && time - Last.Time > Baseline.MaxGap)
            BreakSegment();

        turn.Touched.Add(this);
        var point = PointAt(time, value, count, lastSequence);
        _segmentStarts = false;
        Remember(point);
        turn.Points.Add((this, point));

        if (point.Phase == PointPhase.Judged)
            ObserveEpisodes(point, turn);
        else if (point.Phase == PointPhase.Baseline)
            Collect(point, turn, ledger);

        if (Plan.Subgroup == TimeSpan.Zero && _pace.IsTooFast(point))
        {
            turn.Annotations.Add(ledger.Annotate(this, point.Time, Pace.Remark));
            Replan(Plan with { Subgroup = Pace.Subgroup }, turn);
        }
    }

    private ChartPoint PointAt(DateTime time, double value, int count, long lastSequence)
    {
        var range = _movingRange.Add(value);
        var point = new ChartPoint(
            (Last?.Number ?? 0) + 1, time, value, count, double.IsFinite(range) ? range : null,
            PointPhase.Recorded, _segmentStarts, null, null, null, null, default, lastSequence);
        if (Plan.Kind == ChartKind.Record)
            return point;

        if (_judge is null)
            return point with { Phase = PointPhase.Baseline };

        var (limits, signals) = _judge.Judge(value, count);
        return point with
        {
            Phase = PointPhase.Judged,
            BaselineId = Baseline!.Id,
            Centre = limits.Centre,
            Lower = limits.Lower3,
            Upper = limits.Upper3,
            Signals = signals,
        };
    }

    private void ObserveEpisodes(ChartPoint point, MonitorTurn turn)
    {
        _changes.Clear();
        Episodes.Observe(
            new JudgedPoint(
                point.Number, point.Time, point.Value, point.BaselineId!.Value, point.Centre!.Value, point.Lower!.Value, point.Upper!.Value, point.Signals),
            _changes);
        foreach (var change in _changes)
            turn.Violations.Add((this, change));
    }

    private void ResolveAll(MonitorTurn turn)
    {
        _changes.Clear();
        if (Last is not null)
            Episodes.ResolveAll(Last.Time, Violation.NewBaseline, _changes);
        foreach (var change in _changes)
            turn.Violations.Add((this, change));
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

        if (proposal.Problem is null)
            Freeze(ledger.Freeze(this, proposal, _collected), turn);
    }

    private void Freeze(Baseline baseline, MonitorTurn turn)
    {
        Baseline = baseline;
        _judge = ChartKinds.Of(Plan.Kind)!.JudgeBy(baseline, Plan.Rules);
        _movingRange = new MovingRange(baseline.Transform);
        _segmentStarts = true;
        _collected.Clear();
        turn.NewBaselines.Add(baseline);
    }

    private FrozenDictionary<Standing, long> CountNotJudged() => _notJudged.AsSpan().ContainsAnyExcept(0)
        ? _notJudged.Index().Where(reason => reason.Item > 0).ToFrozenDictionary(reason => (Standing)reason.Index, reason => reason.Item)
        : FrozenDictionary<Standing, long>.Empty;

    private void StartCollecting()
    {
        (Baseline, _judge, Problem, _open) = (null, null, null, null);
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
        if (_recent.Count == ChartSummary.RecentPoints)
            _recent.Dequeue();
        _recent.Enqueue(point.Value);
    }
}

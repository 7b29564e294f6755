using LLMscope.Monitoring.Samples;
using LLMscope.Spc;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Violations;

/// <summary>
/// Makes violations of the signals of one chart. At most one is open in each direction. A signal without a side joins what is open,
/// so that one incident is one violation. A violation is resolved after <see cref="QuietPoints"/> judged points without a signal of it.
/// </summary>
internal sealed class Episodes(int chartId)
{
    /// <summary>
    /// The points without a signal that mean the process is back in control: as many as R2 needs to see a shift,
    /// so a lasting one is never resolved between two signals.
    /// </summary>
    public const int QuietPoints = 9;

    // Bounded by the three directions.
    private readonly List<Violation> _open = [];

    public IReadOnlyList<Violation> Open => _open;

    public void Restore(Violation violation) => _open.Add(violation);

    /// <summary>Forgets a violation that someone resolved; its next signal opens a new one.</summary>
    public void Forget(Guid id) => _open.RemoveAll(violation => violation.Id == id);

    /// <summary>Takes the next judged point and says which violations it opened, extended or resolved.</summary>
    public void Observe(JudgedPoint point, List<ViolationChange> changes)
    {
        if (point.Signals.Any)
        {
            Signal(point, Direction.Up, point.Signals.Upward & point.Alerting, changes);
            Signal(point, Direction.Down, point.Signals.Downward & point.Alerting, changes);
            Signal(point, Direction.None, point.Signals.Undirected & point.Alerting, changes);
            if (_open.Count > 0)
                Note(point.Signals.Rules & ~point.Alerting, changes);
        }

        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (point.Number - _open[i].LastSignalNumber >= QuietPoints)
                Resolve(i, point.Time, Violation.BackInControl, changes);
        }
    }

    /// <summary>Resolves what is open for a reason that is not in the points.</summary>
    public void ResolveAll(DateTime at, string reason, List<ViolationChange> changes)
    {
        while (_open.Count > 0)
            Resolve(_open.Count - 1, at, reason, changes);
    }

    private void Signal(JudgedPoint point, Direction direction, RuleSet rules, List<ViolationChange> changes)
    {
        if (rules == RuleSet.None)
            return;

        var place = FindOpen(direction);
        if (place < 0)
        {
            _open.Add(OpenAt(point, direction, rules));
            changes.Add(new ViolationChange(_open[^1], ChangeKind.Opened, _open[^1].Told));
            return;
        }

        var wasTold = _open[place].Told;
        _open[place] = Extend(_open[place], point, direction, rules);
        Extended(_open[place], _open[place].Told && !wasTold, changes);
    }

    /// <summary>Adds rules that only diagnose to what is open. They neither open a violation nor keep one open.</summary>
    private void Note(RuleSet rules, List<ViolationChange> changes)
    {
        var place = _open.IndexOf(_open.MaxBy(violation => violation.LastSignalNumber)!);
        if ((rules & ~_open[place].Rules) == RuleSet.None)
            return;

        _open[place] = _open[place] with { Rules = _open[place].Rules | rules };
        Extended(_open[place], tells: false, changes);
    }

    private static void Extended(Violation violation, bool tells, List<ViolationChange> changes)
    {
        // A point may add rules of both kinds to one violation; what it was before the last of them is nobody's concern.
        tells |= changes.Exists(change => change.Violation.Id == violation.Id && change.Tells);
        changes.RemoveAll(change => change.Violation.Id == violation.Id && change.Kind == ChangeKind.Extended);
        var opened = changes.FindIndex(change => change.Violation.Id == violation.Id);
        if (opened >= 0)
            changes[opened] = changes[opened] with { Violation = violation, Tells = tells };
        else
            changes.Add(new ViolationChange(violation, ChangeKind.Extended, tells));
    }

    private static Violation Extend(Violation violation, JudgedPoint point, Direction direction, RuleSet rules) => violation with
    {
        Direction = violation.Direction == Direction.None ? direction : violation.Direction,
        Rules = violation.Rules | rules,
        FirstRules = violation.OpenedNumber == point.Number ? violation.FirstRules | rules : violation.FirstRules,
        Severity = SeverityOf(violation.Rules | rules),
        SignalPoints = violation.SignalPoints + (violation.LastSignalNumber == point.Number ? 0 : 1),
        LastSignalAt = point.Time,
        LastSignalNumber = point.Number,
        Extreme = Math.Abs(point.Value - violation.Centre) > Math.Abs(violation.Extreme - violation.Centre) ? point.Value : violation.Extreme,
        Shift = point.Change?.Shift ?? violation.Shift,
        ShiftShare = point.Change is null ? violation.ShiftShare : point.Change.Share,
        Told = violation.Told || point.Matters,
    };

    /// <returns>The place of the violation that a signal of this direction belongs to, or -1.</returns>
    private int FindOpen(Direction direction)
    {
        if (direction == Direction.None)
            return _open.Count == 0 ? -1 : _open.IndexOf(_open.MaxBy(violation => violation.LastSignalNumber)!);

        var same = _open.FindIndex(violation => violation.Direction == direction);
        return same >= 0 ? same : _open.FindIndex(violation => violation.Direction == Direction.None);
    }

    private Violation OpenAt(JudgedPoint point, Direction direction, RuleSet rules) => new()
    {
        Id = Guid.CreateVersion7(new DateTimeOffset(point.Time)),
        ChartId = chartId,
        BaselineId = point.BaselineId,
        Direction = direction,
        State = ViolationState.Open,
        Severity = SeverityOf(rules),
        Rules = rules,
        FirstRules = rules,
        OpenedAt = point.Time,
        OpenedNumber = point.Number,
        LastSignalAt = point.Time,
        LastSignalNumber = point.Number,
        SignalPoints = 1,
        Value = point.Value,
        Extreme = point.Value,
        Centre = point.Centre,
        Lower = point.Lower,
        Upper = point.Upper,
        BeganNumber = point.Change?.BeganNumber,
        BeganAt = point.Change?.BeganAt,
        Shift = point.Change?.Shift,
        ShiftShare = point.Change?.Share,
        Told = point.Matters,
    };

    private void Resolve(int place, DateTime at, string reason, List<ViolationChange> changes)
    {
        changes.Add(new ViolationChange(_open[place] with { State = ViolationState.Resolved, ResolvedAt = at, ResolvedBy = reason }, ChangeKind.Resolved, _open[place].Told));
        _open.RemoveAt(place);
    }

    private static Severity SeverityOf(RuleSet rules) =>
        (rules & (RuleSet.R1 | RuleSets.Detectors)) != RuleSet.None ? Severity.Critical
        : (rules & (RuleSet.R2 | RuleSet.R5 | RuleSet.R6)) != RuleSet.None ? Severity.Warning
        : Severity.Notice;
}

internal enum ChangeKind : byte
{
    Opened,
    Extended,
    Resolved,
}

/// <param name="Violation">As it was right after the change.</param>
/// <param name="Tells">Whether people are told of it: a beginning that matters, a violation that grew to matter, the end of one that did.</param>
internal readonly record struct ViolationChange(Violation Violation, ChangeKind Kind, bool Tells = false)
{
    /// <summary>That of its values; the chart may have another by the time it is told.</summary>
    public Unit? Unit { get; init; }
}

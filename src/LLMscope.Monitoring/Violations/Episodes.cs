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
            Signal(point, Direction.Up, point.Signals.Upward, changes);
            Signal(point, Direction.Down, point.Signals.Downward, changes);
            Signal(point, Direction.None, point.Signals.Undirected, changes);
        }

        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (point.Number - _open[i].LastSignalNumber >= QuietPoints)
                Resolve(_open[i], point.Time, Violation.BackInControl, changes);
        }
    }

    /// <summary>Resolves what is open for a reason that is not in the points.</summary>
    public void ResolveAll(DateTime at, string reason, List<ViolationChange> changes)
    {
        while (_open.Count > 0)
            Resolve(_open[^1], at, reason, changes);
    }

    private void Signal(JudgedPoint point, Direction direction, RuleSet rules, List<ViolationChange> changes)
    {
        if (rules == RuleSet.None)
            return;

        if (FindOpen(direction) is not { } violation)
        {
            violation = OpenAt(point, direction, rules);
            _open.Add(violation);
            changes.Add(new ViolationChange(violation, ChangeKind.Opened));
            return;
        }

        if (violation.Direction == Direction.None)
            violation.Direction = direction;

        violation.Rules |= rules;
        violation.Severity = SeverityOf(violation.Rules);
        violation.SignalPoints += violation.LastSignalNumber == point.Number ? 0 : 1;
        violation.LastSignalAt = point.Time;
        violation.LastSignalNumber = point.Number;
        if (Math.Abs(point.Value - violation.Centre) > Math.Abs(violation.Extreme - violation.Centre))
            violation.Extreme = point.Value;
        if (changes.TrueForAll(change => change.Violation != violation))
            changes.Add(new ViolationChange(violation, ChangeKind.Extended));
    }

    private Violation? FindOpen(Direction direction) => direction == Direction.None
        ? _open.MaxBy(violation => violation.LastSignalNumber)
        : _open.Find(violation => violation.Direction == direction) ?? _open.Find(violation => violation.Direction == Direction.None);

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
    };

    private void Resolve(Violation violation, DateTime at, string reason, List<ViolationChange> changes)
    {
        violation.State = ViolationState.Resolved;
        violation.ResolvedAt = at;
        violation.ResolvedBy = reason;
        _open.Remove(violation);
        changes.RemoveAll(change => change.Violation == violation && change.Kind == ChangeKind.Extended);
        changes.Add(new ViolationChange(violation, ChangeKind.Resolved));
    }

    private static Severity SeverityOf(RuleSet rules) =>
        (rules & RuleSet.R1) != RuleSet.None ? Severity.Critical
        : (rules & (RuleSet.R2 | RuleSet.R5 | RuleSet.R6)) != RuleSet.None ? Severity.Warning
        : Severity.Notice;
}

internal enum ChangeKind : byte
{
    Opened,
    Extended,
    Resolved,
}

internal readonly record struct ViolationChange(Violation Violation, ChangeKind Kind);

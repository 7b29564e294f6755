using LLMscope.Monitoring.Violations;
using LLMscope.Spc;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Tests.Violations;

public class EpisodesTests
{
    private static readonly DateTime Begin = new(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);

    private readonly Episodes _episodes = new(chartId: 7);
    private readonly List<ViolationChange> _changes = [];

    [Fact]
    public void The_first_signal_opens_a_violation_with_what_was_known_then()
    {
        Observe(5, RuleSet.R1, value: 9);

        var (violation, kind, _) = Assert.Single(_changes);
        Assert.Equal(ChangeKind.Opened, kind);
        Assert.Equal((7, 5L, 9.0, Direction.Up, Severity.Critical), (violation.ChartId, violation.OpenedNumber, violation.Value, violation.Direction, violation.Severity));
        Assert.Equal((4.0, 1.0, 7.0), (violation.Centre, violation.Lower, violation.Upper));
    }

    [Fact]
    public void Further_signals_of_its_side_extend_it_and_keep_the_extreme()
    {
        Observe(5, RuleSet.R2, value: 5);
        Observe(6, RuleSet.R1, value: 12);
        Observe(7, RuleSet.R2, value: 6);

        var violation = Assert.Single(_episodes.Open);
        Assert.Equal((RuleSet.R1 | RuleSet.R2, RuleSet.R2, 3, 12.0, 5.0, 7L),
            (violation.Rules, violation.FirstRules, violation.SignalPoints, violation.Extreme, violation.Value, violation.LastSignalNumber));
        Assert.Equal(Severity.Critical, violation.Severity);
    }

    [Fact]
    public void One_is_open_in_each_direction_at_most()
    {
        for (var number = 1; number <= 40; number++)
            Observe(number, RuleSet.R1, downward: number % 2 == 0 ? RuleSet.R1 : RuleSet.None);

        Assert.Equal([Direction.Up, Direction.Down], _episodes.Open.Select(violation => violation.Direction));
        Assert.Equal(2, _changes.Count(change => change.Kind == ChangeKind.Opened));
    }

    [Fact]
    public void A_signal_without_a_side_joins_what_is_open()
    {
        Observe(1, RuleSet.R1, downward: RuleSet.R1);
        Observe(2, RuleSet.R7);

        Assert.Equal((Direction.Down, RuleSet.R1 | RuleSet.R7), (Assert.Single(_episodes.Open).Direction, _episodes.Open[0].Rules));
    }

    [Fact]
    public void A_violation_without_a_side_takes_the_side_of_the_next_signal()
    {
        Observe(1, RuleSet.R4);
        Assert.Equal((Direction.None, Severity.Notice), (_episodes.Open[0].Direction, _episodes.Open[0].Severity));

        Observe(2, RuleSet.R6, downward: RuleSet.R6);

        Assert.Equal((Direction.Down, Severity.Warning), (Assert.Single(_episodes.Open).Direction, _episodes.Open[0].Severity));
    }

    [Fact]
    public void Nine_quiet_points_resolve_it_and_eight_do_not()
    {
        Observe(1, RuleSet.R1);
        for (var number = 2; number <= 9; number++)
            Observe(number, RuleSet.None);
        Assert.Single(_episodes.Open);

        Observe(10, RuleSet.None);

        Assert.Empty(_episodes.Open);
        var resolved = _changes[^1].Violation;
        Assert.Equal((ViolationState.Resolved, Violation.BackInControl, Begin.AddMinutes(10)), (resolved.State, resolved.ResolvedBy, resolved.ResolvedAt!.Value));
    }

    [Fact]
    public void Signals_of_the_other_side_do_not_keep_it_open()
    {
        Observe(1, RuleSet.R1);
        for (var number = 2; number <= 10; number++)
            Observe(number, RuleSet.R1, downward: RuleSet.R1);

        Assert.Equal(Direction.Down, Assert.Single(_episodes.Open).Direction);
    }

    [Fact]
    public void After_someone_resolved_it_the_next_signal_opens_another()
    {
        Observe(1, RuleSet.R1);
        _episodes.Forget(_episodes.Open[0].Id);

        Observe(2, RuleSet.R1);

        Assert.Equal(2, Assert.Single(_episodes.Open).OpenedNumber);
        Assert.Equal([ChangeKind.Opened, ChangeKind.Opened], _changes.Select(change => change.Kind));
    }

    [Fact]
    public void Rules_that_only_diagnose_add_to_a_violation_and_never_open_or_prolong_one()
    {
        Observe(1, RuleSet.R4, alerting: RuleSet.R1);
        Assert.Empty(_changes);

        Observe(2, RuleSet.R1, alerting: RuleSet.R1);
        Observe(3, RuleSet.R7, alerting: RuleSet.R1);

        var violation = Assert.Single(_episodes.Open);
        Assert.Equal((RuleSet.R1 | RuleSet.R7, 2L, 1), (violation.Rules, violation.LastSignalNumber, violation.SignalPoints));
    }

    [Fact]
    public void A_small_change_is_recorded_and_told_once_it_has_grown()
    {
        var tells = new List<bool>();
        foreach (var (number, matters) in new[] { (1, false), (2, false), (3, true), (4, true) })
        {
            _changes.Clear();
            Observe(number, RuleSet.R2, matters: matters);
            tells.Add(Assert.Single(_changes).Tells);
        }

        Assert.Equal([false, false, true, false], tells);
        Assert.True(_episodes.Open[0].Told);
    }

    [Fact]
    public void What_was_never_told_is_resolved_in_silence()
    {
        Observe(1, RuleSet.R2, matters: false);
        for (var number = 2; number <= 1 + Episodes.QuietPoints; number++)
            Observe(number, RuleSet.None);

        Assert.Equal((ChangeKind.Resolved, false), (_changes[^1].Kind, _changes[^1].Tells));
    }

    [Fact]
    public void The_estimated_change_is_dated_by_the_first_signal_and_sized_by_the_last()
    {
        Observe(9, RuleSet.R2, change: new EstimatedChange(2, Begin, 3, 0.75));
        Observe(10, RuleSet.R2, change: new EstimatedChange(5, Begin.AddMinutes(3), 4, 1));

        var violation = Assert.Single(_episodes.Open);
        Assert.Equal((2L, Begin, 4.0, 1.0), (violation.BeganNumber!.Value, violation.BeganAt!.Value, violation.Shift!.Value, violation.ShiftShare!.Value));
    }

    private void Observe(long number, RuleSet rules, RuleSet downward = RuleSet.None, double value = 8, RuleSet alerting = RuleSet.All, EstimatedChange? change = null, bool matters = true) =>
        _episodes.Observe(new JudgedPoint(number, Begin.AddMinutes(number), value, 1, 4, 1, 7, new RuleSignals(rules, downward), alerting, change, matters), _changes);
}

using FsCheck;
using FsCheck.Fluent;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Tests.Rules;

public class NelsonRulesTests
{
    private static readonly ZoneLimits Standard = ZoneLimits.Symmetric(centre: 0, sigma: 1);

    // Limits of skewed data: no line is the mirror image of another.
    private static readonly ZoneLimits Skewed = new(-2.25, -1.5, -0.75, 0.25, 1, 2.5, 3.25);

    [Theory]
    [InlineData(MissingPolicy.Skip)]
    [InlineData(MissingPolicy.Break)]
    public void The_rules_agree_with_their_definitions(MissingPolicy missing)
        => Holds(values =>
        {
            foreach (var limits in new[] { Standard, Skewed })
            {
                var rules = new NelsonRules(limits, missing: missing);
                var oracle = new WindowJudge(RuleLimits.From(limits, RuleParameters.Default), RuleParameters.Default, missing);
                foreach (var value in values)
                    Assert.Equal(oracle.Judge(value), rules.Judge(value));
            }
        });

    public static TheoryData<RuleParameters> Numbers =>
    [
        new RuleParameters { N2 = 2, N3 = 2, N4 = 3, N7 = 2, N8 = 2, K1 = 1.25, K5 = 0.5, K6 = 0.25, K7 = 0.75, K8 = 0.5 },
        new RuleParameters { N2 = 3, N3 = 3, N4 = 4, N7 = 3, N8 = 3, K1 = 2, K5 = 1.5, K6 = 1.25, K7 = 1.5, K8 = 0.25 },
        new RuleParameters { N2 = 12, N3 = 5, N4 = 12, N7 = 20, N8 = 5, K1 = 2.5, K5 = 1.75, K6 = 0.75, K7 = 1.25, K8 = 0.25 },
        new RuleParameters { N2 = 32, N3 = 32, N4 = 32, N7 = 32, N8 = 32, K7 = 2.5, K8 = 0.25 },
    ];

    [Theory]
    [MemberData(nameof(Numbers), DisableDiscoveryEnumeration = true)]
    public void The_rules_agree_with_their_definitions_whatever_their_numbers(RuleParameters parameters)
        => Holds(values =>
        {
            var limits = RuleLimits.From(k => k < 0 ? 1.5 * k : k, parameters);
            var rules = new NelsonRules(limits, parameters: parameters);
            var oracle = new WindowJudge(limits, parameters, MissingPolicy.Skip);
            foreach (var value in values)
                Assert.Equal(oracle.Judge(value), rules.Judge(value));
        });

    [Fact]
    public void Charts_that_share_a_judge_do_not_disturb_each_other()
        => Holds(values =>
        {
            var shared = new RuleJudge(RuleLimits.From(Skewed, RuleParameters.Default));
            var memories = new RunMemory[3];
            NelsonRules[] alone = [new(Skewed), new(Skewed), new(Skewed)];
            for (var i = 0; i < values.Length; i++)
                Assert.Equal(alone[i * i % 3].Judge(values[i]), shared.Judge(ref memories[i * i % 3], values[i]));
        });

    [Fact]
    public void A_chart_costs_32_bytes_of_memory_and_a_point_none()
    {
        var rules = new NelsonRules(Standard);
        rules.Judge(0);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 10_000; i++)
            rules.Judge(Math.Sin(i) * 3);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(32, System.Runtime.CompilerServices.Unsafe.SizeOf<RunMemory>());
    }

    [Fact]
    public void The_random_series_reach_every_rule()
    {
        var seen = RuleSet.None;

        Holds(values => seen |= Judge(new NelsonRules(Standard), values).Aggregate(RuleSet.None, (all, signals) => all | signals.Rules));

        Assert.Equal(RuleSet.All, seen);
    }

    [Fact]
    public void A_break_forgets_everything_before_it()
        => Holds(values =>
        {
            var broken = new NelsonRules(Standard);
            Judge(broken, values);

            broken.Break();

            Assert.Equal(default, broken.Memory);
            Assert.Equal(Judge(new NelsonRules(Standard), values), Judge(broken, values));
        });

    [Fact]
    public void Saving_and_restoring_at_any_point_changes_nothing()
        => Holds(values =>
        {
            var straight = new NelsonRules(Standard);
            var memory = default(RunMemory);
            foreach (var value in values)
            {
                var restarted = new NelsonRules(Standard) { Memory = memory };
                Assert.Equal(straight.Judge(value), restarted.Judge(value));
                memory = restarted.Memory;
            }
        });

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(16)]
    public void Judging_in_pieces_equals_judging_at_once(int size)
        => Holds(values =>
        {
            var memory = default(RunMemory);
            var inPieces = values.Chunk(size).SelectMany(piece =>
            {
                var rules = new NelsonRules(Skewed) { Memory = memory };
                var signals = Judge(rules, piece);
                memory = rules.Memory;
                return signals;
            });

            Assert.Equal(Judge(new NelsonRules(Skewed), values), inPieces);
        });

    [Fact]
    public void The_last_fifteen_points_of_a_segment_rebuild_the_memory()
        => Holds(values =>
        {
            var points = values.Where(value => !double.IsNaN(value)).ToArray();
            var straight = new NelsonRules(Standard);
            Judge(straight, points);

            var rebuilt = new NelsonRules(Standard);
            Judge(rebuilt, points.TakeLast(RuleParameters.Default.LongestWindow));

            Assert.Equal(15, RuleParameters.Default.LongestWindow);
            Assert.Equal(straight.Memory, rebuilt.Memory);
        });

    [Fact]
    public void Fewer_points_are_too_few_to_rebuild_the_memory()
    {
        double[] points = [.. Enumerable.Repeat(0.0, 15)];
        var rebuilt = new NelsonRules(Standard);

        Judge(rebuilt, points.TakeLast(13));

        Assert.Equal(RuleSet.None, rebuilt.Judge(0).Rules);
        Assert.Equal(RuleSet.R7, Judge(new NelsonRules(Standard), points)[^1].Rules);
    }

    [Fact]
    public void Later_points_never_change_an_earlier_signal()
        => Holds(values =>
        {
            var half = values.Length / 2;

            Assert.Equal(Judge(new NelsonRules(Standard), values).Take(half), Judge(new NelsonRules(Standard), values.Take(half)));
        });

    [Fact]
    public void Another_unit_and_another_zero_change_no_signal()
        => Holds(values =>
        {
            // Powers of two keep the arithmetic exact, so that values on a line stay on it.
            var moved = new NelsonRules(ZoneLimits.Symmetric(centre: 64, sigma: 8));

            Assert.Equal(
                Judge(new NelsonRules(Standard), values.Select(Eighths)),
                Judge(moved, values.Select(value => 64 + (8 * Eighths(value)))));
        });

    [Fact]
    public void A_reflection_swaps_up_and_down_and_nothing_else()
        => Holds(values =>
        {
            var mirrored = new NelsonRules(Standard);
            var straight = Judge(new NelsonRules(Standard), values);

            var reflected = Judge(mirrored, values.Select(value => -value));

            Assert.Equal(straight.Select(signals => signals.Rules), reflected.Select(signals => signals.Rules));
            Assert.Equal(straight.Select(signals => signals.Upward), reflected.Select(signals => signals.Downward));
            Assert.Equal(straight.Select(signals => signals.Downward), reflected.Select(signals => signals.Upward));
        });

    [Fact]
    public void Trend_and_alternation_see_only_the_order_of_the_values()
        => Holds(values =>
        {
            const RuleSet OrderOnly = RuleSet.R3 | RuleSet.R4;

            Assert.Equal(
                Judge(new NelsonRules(Standard, OrderOnly), values),
                Judge(new NelsonRules(Standard, OrderOnly), values.Select(value => Math.Exp(value) + value)));
        });

    [Fact]
    public void The_direction_of_a_signal_is_that_of_its_rule()
    {
        var rules = new NelsonRules(Standard);

        var low = rules.Judge(-3.5);
        rules.Break();
        var quiet = Judge(rules, Enumerable.Repeat(0.0, 15))[^1];

        Assert.Equal(new RuleSignals(RuleSet.R1, RuleSet.R1), low);
        Assert.Equal(Direction.Down, low.DirectionOf(RuleSet.R1));
        Assert.Equal(Direction.None, low.DirectionOf(RuleSet.R2));
        Assert.Equal(Direction.None, quiet.DirectionOf(RuleSet.R7));
        Assert.Equal(RuleSet.R7, quiet.Undirected);
    }

    [Fact]
    public void Other_lengths_and_widths_are_judged_at_their_own_lines()
    {
        var parameters = new RuleParameters { K1 = 3.5, N2 = 12, N3 = 4, N7 = 20 };
        var rules = new NelsonRules(RuleLimits.From(k => 10 + k, parameters), parameters: parameters);

        Assert.Equal(RuleSet.None, rules.Judge(13.4).Rules & RuleSet.R1);
        Assert.Equal(RuleSet.R1, rules.Judge(13.6).Rules & RuleSet.R1);
        rules.Break();
        Assert.Equal([3], Where(Judge(rules, [9, 9.5, 9.7, 9.9, 9.9]), RuleSet.R3));
        rules.Break();
        Assert.Equal([11, 12], Where(Judge(rules, Enumerable.Repeat(10.5, 13)), RuleSet.R2));
        rules.Break();
        Assert.Equal([19], Where(Judge(rules, Enumerable.Repeat(10.0, 20)), RuleSet.R7));
    }

    [Fact]
    public void The_longest_runs_signal_at_their_last_point_and_not_before()
    {
        const int Most = RuleParameters.MostPoints;
        var longest = new RuleParameters { N2 = Most, N3 = Most, N4 = Most, N7 = Most, N8 = Most };
        Assert.Equal(Most - 1, First(RuleSet.R2, _ => 0.5));
        Assert.Equal(Most - 1, First(RuleSet.R3, i => -2.5 + (0.1 * i)));
        Assert.Equal(Most - 1, First(RuleSet.R4, i => i % 2 == 0 ? 0 : 1.5));
        Assert.Equal(Most - 1, First(RuleSet.R7, i => i % 3 == 0 ? -1 : 1));
        Assert.Equal(Most - 1, First(RuleSet.R8, i => i % 3 == 0 ? -1.5 : 1.5));

        int First(RuleSet rule, Func<int, double> value)
        {
            var rules = new NelsonRules(Standard, rule, longest);
            return Enumerable.Range(0, 2 * Most).First(i => rules.Judge(value(i)).Any);
        }
    }

    [Fact]
    public void Judging_allocates_nothing()
    {
        var rules = new NelsonRules(Standard);
        rules.Judge(0);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            rules.Judge(i % 7);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static double Eighths(double value) => Math.Round(value * 8) / 8;

    private static RuleSignals[] Judge(NelsonRules rules, IEnumerable<double> values) => [.. values.Select(rules.Judge)];

    private static int[] Where(RuleSignals[] signals, RuleSet rule)
        => [.. Enumerable.Range(0, signals.Length).Where(index => (signals[index].Rules & rule) == rule)];

    private static void Holds(Action<double[]> property) => Check.One(RandomSeries.Thoroughly, Prop.ForAll(RandomSeries.Values, property));
}

using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc;
using LLMscope.Spc.Attributes;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;
using MathNet.Numerics.Distributions;

namespace LLMscope.Monitoring.Tests.Charts;

public class CountedKindTests
{
    // One false alarm a week at one point a minute.
    private static readonly double Width = -Normal.InvCDF(0, 1, 0.5 / (7 * 24 * 60));

    [Fact]
    public void The_limits_of_a_proportion_are_exact_and_keep_the_budget()
    {
        var good = EventMinutes.Of(40, seed: 1, probability: 0.05);
        var expected = ProportionBaseline.Estimate(good.Take(25).Select(minute => new ProportionSubgroup(minute.Calls, minute.Events)))!;

        var run = EventMinutes.Run(ChartKind.Proportion).AddMinutes(good);

        Assert.Equal(25, run.Baselines[0].Estimate.Count);
        Assert.Equal(expected.Dispersion, run.Baselines[0].Estimate.Dispersion, precision: 12);
        Assert.Equal(15, run.Points.Count(point => point.Phase == PointPhase.Judged));
        Assert.All(run.Points.Skip(25), point => Assert.Equal(
            (expected.Line(-Width, point.Count), expected.Proportion, expected.Line(Width, point.Count)), (point.Lower!.Value, point.Centre!.Value, point.Upper!.Value)));
    }

    [Fact]
    public void Without_a_budget_the_limits_are_those_of_three_standard_deviations()
    {
        var plan = ChartPlan.For(Characteristic.Find(Characteristic.Error)!) with { Choices = new ChartChoices { Budget = FalseAlarmBudget.Classic } };
        var run = new ChartRun(Characteristic.Error, plan).AddMinutes(EventMinutes.Of(26, seed: 2, probability: 0.05));
        var estimate = run.Baselines[0].Estimate;
        var expected = new ProportionBaseline { Units = estimate.Units, Events = estimate.Events, Subgroups = estimate.Count };

        Assert.Equal(expected.For(run.Points[^1].Count).Upper3, run.Points[^1].Upper);
    }

    [Fact]
    public void A_proportion_that_varies_more_than_chance_with_large_counts_has_the_limits_of_Laney()
    {
        var run = EventMinutes.Run(ChartKind.Proportion).AddMinutes(EventMinutes.Of(40, seed: 3, 0, 150, 250, varying: random => 0.1 + (0.2 * random.NextDouble())));
        var estimate = run.Baselines[0].Estimate;
        var expected = new ProportionBaseline { Units = estimate.Units, Events = estimate.Events, Subgroups = estimate.Count, Dispersion = estimate.Dispersion };

        Assert.True(expected.IsOverdispersed);
        Assert.All(run.Points.Skip(estimate.Count), point => Assert.Equal(expected.Line(Width, point.Count, AttributeLimits.Laney), point.Upper));
        Assert.Contains(estimate.Remarks, remark => remark.Contains("Laney", StringComparison.Ordinal));
        Assert.All(run.Points, point => Assert.False(point.Signals.Any));
    }

    [Fact]
    public void A_proportion_that_varies_more_than_chance_with_few_events_keeps_its_exact_limits()
    {
        var varying = EventMinutes.Of(40, seed: 4, 0, varying: random => random.Next(2) * 0.1);

        var (plain, prime) = (EventMinutes.Run(ChartKind.Proportion).AddMinutes(varying), EventMinutes.Run(ChartKind.ProportionPrime).AddMinutes(varying));

        Assert.Contains(plain.Baselines[0].Estimate.Remarks, remark => remark.Contains("exact binomial", StringComparison.Ordinal));
        Assert.Contains(prime.Baselines[0].Estimate.Remarks, remark => remark.Contains("wrong for so few events", StringComparison.Ordinal));
        Assert.NotEqual(plain.Points[^1].Upper, prime.Points[^1].Upper);
    }

    [Fact]
    public void Where_most_points_have_no_event_the_time_between_events_is_advised()
    {
        var run = EventMinutes.Run(ChartKind.Proportion).AddMinutes(EventMinutes.Of(30, seed: 5, probability: 0.005));

        Assert.Contains(run.Baselines[0].Estimate.Remarks, remark => remark.Contains("most are empty", StringComparison.Ordinal));
        Assert.Contains(run.Baselines[0].Estimate.Remarks, remark => remark.StartsWith("Choose the time between events", StringComparison.Ordinal));
    }

    [Fact]
    public void The_points_of_an_np_chart_are_events_with_the_limits_of_its_one_size()
    {
        var run = EventMinutes.Run(ChartKind.UnitCount).AddMinutes(EventMinutes.Of(30, seed: 6, probability: 0.1, fewest: 60, most: 60)).AddMinutes([(61, 5), (60, 40)]);
        var estimate = run.Baselines[0].Estimate;
        var expected = new UnitCountBaseline { Units = 60, Proportion = new ProportionBaseline { Units = estimate.Units, Events = estimate.Events, Subgroups = estimate.Count } };

        Assert.Equal(PointPhase.Recorded, run.Points[^2].Phase);
        Assert.Equal((40.0, expected.Line(-Width), expected.Mean, expected.Line(Width)), (run.Points[^1].Value, run.Points[^1].Lower!.Value, run.Points[^1].Centre!.Value, run.Points[^1].Upper!.Value));
        Assert.Equal(Direction.Up, Assert.Single(run.Violations).Direction);
    }

    [Fact]
    public void An_np_chart_of_unequal_points_has_a_reason_and_no_limits()
    {
        var run = EventMinutes.Run(ChartKind.UnitCount).AddMinutes(EventMinutes.Of(30, seed: 7, probability: 0.1));

        Assert.Empty(run.Baselines);
        Assert.Contains("choose the proportion", run.Summary.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_c_chart_counts_the_events_of_a_minute_whatever_its_calls()
    {
        var good = EventMinutes.Of(30, seed: 8, probability: 0.1);
        var expected = CountBaseline.Estimate(good.Take(25).Select(minute => minute.Events), out _)!;

        var run = EventMinutes.Run(ChartKind.Count).AddMinutes(good).AddMinutes([(400, 40)]);

        Assert.Equal(good.Select(minute => (double)minute.Events).Append(40), run.Points.Select(point => point.Value));
        Assert.Equal((expected.Line(-Width), expected.Mean, expected.Line(Width)), (run.Points[^1].Lower!.Value, run.Points[^1].Centre!.Value, run.Points[^1].Upper!.Value));
        Assert.Equal(RuleSet.R1, run.Points[^1].Signals.Upward);
    }

    [Theory]
    [InlineData(ChartKind.Rate, AttributeLimits.Exact)]
    [InlineData(ChartKind.RatePrime, AttributeLimits.Laney)]
    public void The_limits_of_a_rate_are_those_of_Poisson_or_of_Laney(ChartKind kind, AttributeLimits limits)
    {
        var good = EventMinutes.Of(30, seed: 9, 0, 150, 250, varying: random => 0.1 + (0.2 * random.NextDouble()));
        var expected = RateBaseline.Estimate(good.Take(25).Select(minute => new RateSubgroup(minute.Calls, minute.Events)), out _)!;

        var run = EventMinutes.Run(kind).AddMinutes(good).AddMinutes([(100, 60)]);

        Assert.True(expected.IsOverdispersed);
        Assert.Equal((expected.Line(-Width, 100, limits), expected.Rate, expected.Line(Width, 100, limits)), (run.Points[^1].Lower!.Value, run.Points[^1].Centre!.Value, run.Points[^1].Upper!.Value));
        Assert.Equal(ViolationState.Open, Assert.Single(run.Violations, violation => violation.Direction == Direction.Up && violation.LastSignalNumber == run.Points[^1].Number).State);
    }

    [Theory]
    [InlineData(ChartKind.Proportion)]
    [InlineData(ChartKind.ProportionPrime)]
    [InlineData(ChartKind.Count)]
    [InlineData(ChartKind.Rate)]
    [InlineData(ChartKind.RatePrime)]
    public void Ten_times_as_many_errors_are_a_violation(ChartKind kind)
    {
        var run = EventMinutes.Run(kind).AddMinutes(EventMinutes.Of(30, seed: 10, probability: 0.03)).AddMinutes(EventMinutes.Of(1, seed: 11, probability: 0.3));

        Assert.Equal((Direction.Up, RuleSet.R1), (Assert.Single(run.Violations).Direction, run.Violations.First().Rules));
    }
}

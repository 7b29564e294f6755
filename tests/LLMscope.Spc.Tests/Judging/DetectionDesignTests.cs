using LLMscope.Spc.Baselines;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;
using LLMscope.Spc.Tests.Individuals;

namespace LLMscope.Spc.Tests.Judging;

public class DetectionDesignTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_classic_budget_is_Nelsons_rules_as_printed()
    {
        var detection = DetectionDesign.For(FalseAlarmBudget.Classic, Minute, Model(1_000), RuleSets.Every);

        Assert.Equal((RuleSet.All, RuleParameters.Default), (detection.Alerting, detection.Parameters));
        Assert.Null(detection.Cusum);
    }

    [Fact]
    public void A_small_baseline_and_a_quiet_budget_ask_for_wider_numbers()
    {
        var normal = DetectionDesign.For(FalseAlarmBudget.Normal, Minute, Model(1_000), RuleSets.Every);
        var small = DetectionDesign.For(FalseAlarmBudget.Normal, Minute, Model(150), RuleSets.Every);
        var quiet = DetectionDesign.For(FalseAlarmBudget.Quiet, Minute, Model(1_000), RuleSets.Every);

        Assert.True(small.Parameters.K1 > normal.Parameters.K1 && small.Cusum!.H > normal.Cusum!.H);
        Assert.True(quiet.Parameters.K1 > normal.Parameters.K1 && quiet.Cusum!.H > normal.Cusum!.H);
    }

    [Fact]
    public void Only_what_is_allowed_alerts_and_only_rules_without_numbers_diagnose()
    {
        var every = DetectionDesign.For(FalseAlarmBudget.Normal, Minute, Model(1_000), RuleSets.Every);
        var rulesOnly = DetectionDesign.For(FalseAlarmBudget.Normal, Minute, Model(1_000), RuleSet.R1 | RuleSet.R3);
        var sumOnly = DetectionDesign.For(FalseAlarmBudget.Normal, Minute, Model(1_000), RuleSet.Cusum);

        Assert.Equal(DetectionDesign.Budgeted | RuleSet.Cusum | RuleSet.Level, every.Alerting);
        Assert.Equal(RuleSet.R3 | RuleSet.R4 | RuleSet.R7 | RuleSet.R8, every.Diagnosing);
        Assert.Equal((RuleSet.R1, RuleSet.R3), (rulesOnly.Alerting, rulesOnly.Diagnosing));
        Assert.Null(rulesOnly.Cusum);
        Assert.Equal(RuleSet.Cusum, sumOnly.Judged);
        Assert.True(sumOnly.Cusum!.H < every.Cusum!.H, "All of the budget is lower than half of it.");
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e9)]
    public void The_most_extreme_intervals_still_have_a_design(double seconds)
    {
        var detection = DetectionDesign.For(FalseAlarmBudget.Normal, TimeSpan.FromSeconds(Math.Min(seconds, 9e11)), Model(1_000), RuleSets.Every);

        Assert.InRange(detection.Parameters.K1, 1, 7.5);
        Assert.InRange(detection.Cusum!.H, 0.1, 30);
        Assert.True(detection.Cusum.Cap > detection.Cusum.H);
    }

    [Fact]
    public void A_sum_is_made_for_the_shift_that_a_forecast_leaves()
    {
        var returning = Model(1_000) with { Forecast = new EwmaForecast(0.2, 0, 3) { Persistence = 0.9 }, ShiftSeen = 0.6 };
        var following = Model(1_000) with { Forecast = new EwmaForecast(0.2, 0, 3), ShiftSeen = 0 };

        Assert.Equal(0.3, DetectionDesign.For(FalseAlarmBudget.Normal, Minute, returning, RuleSets.Every).Cusum!.K, precision: 9);
        Assert.Equal(0.5, DetectionDesign.For(FalseAlarmBudget.Normal, Minute, following, RuleSets.Every).Cusum!.K, precision: 9);
        Assert.Equal(0.25, DetectionDesign.For(FalseAlarmBudget.Normal, Minute, Model(1_000) with { LongRunScale = 5 }, RuleSets.Every).Cusum!.K, precision: 9);
    }

    [Fact]
    public void Charts_with_baselines_of_about_the_same_size_share_a_design()
        => Assert.Same(
            DetectionDesign.For(FalseAlarmBudget.Normal, Minute, Model(1_000), RuleSets.Every),
            DetectionDesign.For(FalseAlarmBudget.Normal, Minute, Model(1_001), RuleSets.Every));

    // Frozen on normal values and watched for long: as many alarms as announced, within a factor of 2.1 over forty baselines. Lines and scores are
    // too careful on tails as short as those of normal values, so that fewer are seen than announced.
    [Theory]
    [InlineData(300)]
    [InlineData(1_000)]
    public void A_budget_is_kept_on_normal_values(int count)
    {
        const int Baselines = 40, Points = 30_000;
        double announced = 0;
        var seen = 0;
        for (var baseline = 0; baseline < Baselines; baseline++)
        {
            var values = NormalSample.Of(count + Points, seed: baseline);
            var model = PhaseOne.Analyse(values.AsSpan(..count)).Model!;
            var detection = DetectionDesign.For(FalseAlarmBudget.Of(1, BudgetPeriod.Day), Minute, model, RuleSets.Every);
            announced += DetectionAlarms.Expected(detection, model, Points).Expected;
            var judge = new ProcessJudge(model, detection);
            var memory = judge.Start();
            foreach (var value in values.AsSpan(count))
            {
                if ((judge.Judge(ref memory, value, PointContext.None).Signals.Rules & detection.Alerting) == RuleSet.None)
                    continue;
                seen++;
                judge.Break(ref memory);
            }
        }

        Assert.Equal(Baselines * Points / 1_440.0, announced, tolerance: 0.05 * announced);
        Assert.InRange(seen / announced, 1 / 2.1, 1.5);
    }

    private static ProcessModel Model(int count) => ProcessModel.Classic(Transform.None, 0, 1, count);
}

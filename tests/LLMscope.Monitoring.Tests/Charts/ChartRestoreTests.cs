using FsCheck;
using FsCheck.Fluent;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Spc;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Tests.Charts;

/// <summary>A stop and a restore at any point give the same points, signals and violations as a run that never stopped.</summary>
public class ChartRestoreTests
{
    private static readonly ChartPlan Quick = new(ChartKind.Individuals, Transform.Log, TimeSpan.Zero, RuleSet.All, 20);
    private static readonly ChartPlan Subgrouped = new(ChartKind.Individuals, Transform.Log, TimeSpan.FromSeconds(20), RuleSet.All, 15);

    [Fact]
    public void Stopping_after_every_single_sample_is_neutral()
    {
        foreach (var plan in new[] { Quick, Subgrouped, Quick with { Transform = Transform.None } })
        {
            var whole = Run(seed: 31, plan, samples: 1_200, _ => false);
            var stopped = Run(seed: 31, plan, samples: 1_200, _ => true);

            Same(whole, stopped);
            Assert.NotEmpty(whole.Violations);
        }
    }

    [Fact]
    public void Stopping_at_random_is_neutral_for_any_series()
    {
        var seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(seeds, seed =>
        {
            var stops = new Random(seed);
            var plan = (seed % 3) switch { 0 => Quick, 1 => Subgrouped, _ => ChartPlan.For(Characteristic.Find(Characteristic.Error)!) };
            var name = seed % 3 == 2 ? Characteristic.Error : Characteristic.Duration;
            var whole = Run(seed, plan, samples: 600, _ => false, name);
            var stopped = Run(seed, plan, samples: 600, _ => stops.Next(25) == 0, name);

            Same(whole, stopped);
        }));
    }

    public static TheoryData<ChartKind, string> Kinds => new(
        from characteristic in new[] { Characteristic.Duration, Characteristic.Error }
        from kind in ChartPlan.KindsFor(Characteristic.Find(characteristic)!)
        select (kind, characteristic));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Stopping_after_every_single_sample_is_neutral_for_every_kind(ChartKind kind, string characteristic)
    {
        var plan = ChartPlan.For(Characteristic.Find(characteristic)!, kind) with { BaselinePoints = 25 };
        plan = plan.Subgroup == TimeSpan.Zero ? plan : plan with { Subgroup = TimeSpan.FromSeconds(40) };

        var whole = Run(seed: 34, plan, samples: 1_200, _ => false, characteristic);
        var stopped = Run(seed: 34, plan, samples: 1_200, _ => true, characteristic);

        Same(whole, stopped);
        Assert.True(kind is ChartKind.Record or ChartKind.UnitCount || whole.Points.Exists(point => point.Phase == PointPhase.Judged), $"{kind} judged nothing: {whole.Summary.Problem}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(1_000)]
    [InlineData(1_001)]
    public void A_fast_series_changes_to_subgroups_at_the_same_point_after_a_stop(int stop)
    {
        var values = Values.LogNormal(1_400, seed: 33);
        var whole = new ChartRun().Add(values[..stop], step: 0.05).Add(values[stop..], step: 0.05);

        var stopped = new ChartRun().Add(values[..stop], step: 0.05);
        stopped.Restart();
        stopped.Add(values[stop..], step: 0.05);

        Same(whole, stopped);
        Assert.Equal(Pace.Subgroup, stopped.Chart.Plan.Subgroup);
    }

    private static ChartRun Run(int seed, ChartPlan plan, int samples, Func<int, bool> stopsAfter, string characteristic = Characteristic.Duration)
    {
        var random = new Random(seed);
        var run = new ChartRun(characteristic, plan);
        var at = 0.0;
        var level = 1.0;
        for (var i = 0; i < samples; i++)
        {
            // Pauses, shifts, zeros, ties, and samples that are not judged: all that a chart can meet.
            at += random.Next(100) == 0 ? 4_000 : random.NextDouble() * 12;
            level = random.Next(60) == 0 ? Math.Exp(random.NextDouble() - 0.5) : level;
            var standing = random.Next(20) == 0 ? (Standing)random.Next(1, 6) : Standing.Judged;
            var value = characteristic == Characteristic.Error
                ? (random.NextDouble() < 0.02 * level * level ? 1 : 0)
                : random.Next(150) == 0 ? 0 : Math.Round(level * Math.Exp((random.NextDouble() - 0.5) / 2), 2);
            run.Add(value, at, standing);
            if (stopsAfter(i))
                run.Restart();
        }

        return run;
    }

    private static void Same(ChartRun expected, ChartRun actual)
    {
        Assert.Equal(expected.Points, actual.Points);
        Assert.Equal(expected.Changes, actual.Changes);
        Assert.Equal(
            expected.Baselines.Select(baseline => (baseline.Id, baseline.Version, baseline.Estimate.Centre, baseline.Estimate.Sigma, baseline.MaxGap)),
            actual.Baselines.Select(baseline => (baseline.Id, baseline.Version, baseline.Estimate.Centre, baseline.Estimate.Sigma, baseline.MaxGap)));
        Assert.Equal(expected.Summary.Collected, actual.Summary.Collected);
    }
}

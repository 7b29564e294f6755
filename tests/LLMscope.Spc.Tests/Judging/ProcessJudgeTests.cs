using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Cusum;
using LLMscope.Spc.Ewma;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;
using LLMscope.Spc.Scoring;
using LLMscope.Spc.Tests.Individuals;

namespace LLMscope.Spc.Tests.Judging;

public class ProcessJudgeTests
{
    private static readonly Detection Everything = new()
    {
        Alerting = RuleSets.Every,
        Cusum = new CusumParameters(0.5, 4, cap: 6),
        Ewma = new EwmaParameters(0.2, 2.8),
        LevelPoints = 10,
        ScoreClip = 4,
    };

    /// <summary>Every kind of forecast.</summary>
    public static TheoryData<string> Forecasts => ["none", "ar", "ewma", "returning", "scores"];

    [Fact]
    public void A_classic_chart_is_judged_as_the_rules_alone_would()
    {
        var values = NormalSample.Of(20_000, seed: 1, mean: 7, sigma: 1.2);
        var rules = new NelsonRules(ZoneLimits.Symmetric(centre: 7, sigma: 1));
        var judge = new ProcessJudge(ProcessModel.Classic(Transform.None, 7, 1, 100), Detection.Classic);
        var memory = judge.Start();

        foreach (var value in values)
            Assert.Equal(rules.Judge(value), judge.Judge(ref memory, value, PointContext.None).Signals);
    }

    [Fact]
    public void Shift_and_scale_change_no_signal()
    {
        var values = NormalSample.Of(5_000, seed: 2, sigma: 1.3);
        var plain = Signals(new ProcessJudge(Model("none"), Everything), values);
        var curve = new ScoreCurve([100 - 32, 100, 100 + 32], [-4, 0, 4]);

        var moved = Signals(new ProcessJudge(Model("none") with { Curve = curve }, Everything), Array.ConvertAll(values, value => 100 + (8 * value)));

        Assert.Equal(plain, moved);
    }

    [Theory]
    [MemberData(nameof(Forecasts))]
    public void Reflection_swaps_directions_only(string forecast)
    {
        var values = NormalSample.Of(5_000, seed: 3, sigma: 1.3);
        var judge = new ProcessJudge(Model(forecast), Everything);

        var (plain, mirrored) = (Signals(judge, values), Signals(judge, Array.ConvertAll(values, value => -value)));

        for (var i = 0; i < values.Length; i++)
        {
            Assert.Equal(plain[i].Rules, mirrored[i].Rules);
            Assert.Equal(plain[i].Upward, mirrored[i].Downward);
        }
    }

    [Theory]
    [MemberData(nameof(Forecasts))]
    public void A_missing_value_is_skipped_or_breaks_the_segment(string forecast)
    {
        var values = NormalSample.Of(400, seed: 4, sigma: 1.3);
        var model = Model(forecast);
        var (skips, breaks) = (new ProcessJudge(model, Everything), new ProcessJudge(model, Everything, MissingPolicy.Break));
        var (skipping, breaking, plain, broken) = (skips.Start(), breaks.Start(), skips.Start(), skips.Start());

        for (var i = 0; i < values.Length; i++)
        {
            if (i % 20 == 19)
            {
                Assert.True(skips.Judge(ref skipping, double.NaN, PointContext.None).IsMissing);
                Assert.True(breaks.Judge(ref breaking, double.NaN, PointContext.None).IsMissing);
                skips.Break(ref broken);
            }

            Assert.Equal(skips.Judge(ref plain, values[i], PointContext.None), skips.Judge(ref skipping, values[i], PointContext.None));
            Assert.Equal(skips.Judge(ref broken, values[i], PointContext.None), breaks.Judge(ref breaking, values[i], PointContext.None));
        }
    }

    // A chart that was restored from stored points goes on as one that was never interrupted.
    [Theory]
    [MemberData(nameof(Forecasts))]
    public void Recall_is_neutral_at_any_point(string forecast)
        => Prop.ForAll(
            ArbMap.Default.ArbFor<PositiveInt>(),
            ArbMap.Default.ArbFor<int>(),
            (cut, seed) =>
            {
                var values = NormalSample.Of(220, seed, sigma: 1.4);
                var at = 100 + (cut.Get % 100);
                var judge = new ProcessJudge(Model(forecast), Everything);
                var (memory, restored) = (judge.Start(), judge.Start());
                for (var i = 0; i < at; i++)
                {
                    var judged = judge.Judge(ref memory, values[i], PointContext.None);
                    if (i >= at - 90)
                        judge.Recall(ref restored, values[i], PointContext.None, new RecalledSums(judged.Expected, memory.Cusum.Upper, memory.Cusum.Lower, memory.Ewma.Average));
                }

                restored.OutsideLevels = memory.OutsideLevels;
                return Enumerable.Range(at, 20).All(i =>
                    judge.Judge(ref memory, values[i], PointContext.None).Signals == judge.Judge(ref restored, values[i], PointContext.None).Signals);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void A_level_outside_what_the_baseline_saw_is_a_signal_once_it_lasts()
    {
        var judge = new ProcessJudge(Model("ewma") with { Levels = new LevelRange(-1, 1) }, Everything);
        var memory = judge.Start();
        for (var i = 0; i < 200; i++)
            judge.Judge(ref memory, 5, PointContext.None);

        var up = judge.Judge(ref memory, 5, PointContext.None).Signals;
        for (var i = 0; i < 200; i++)
            judge.Judge(ref memory, 0, PointContext.None);

        Assert.Equal(Direction.Up, up.DirectionOf(RuleSet.Level));
        Assert.Equal(Direction.None, judge.Judge(ref memory, 0, PointContext.None).Signals.DirectionOf(RuleSet.Level));
    }

    [Fact]
    public void One_wild_value_is_a_matter_of_R1_and_leaves_the_sum_alone()
    {
        var judge = new ProcessJudge(Model("none"), Everything with { Cusum = new CusumParameters(0.5, 4, cap: 6) });
        var memory = judge.Start();

        var signals = judge.Judge(ref memory, 1e9, PointContext.None).Signals;

        Assert.True(signals.Rules.HasFlag(RuleSet.R1));
        Assert.Equal(3.5, memory.Cusum.Upper, precision: 12); // Clipped to 4, less k.
    }

    [Fact]
    public void A_capped_sum_falls_silent_soon_after_a_long_shift()
    {
        var judge = new ProcessJudge(Model("none"), Everything);
        var memory = judge.Start();
        for (var i = 0; i < 1_000; i++)
            judge.Judge(ref memory, 3, PointContext.None);

        var after = 0;
        while (judge.Judge(ref memory, 0, PointContext.None).Signals.DirectionOf(RuleSet.Cusum) == Direction.Up)
            after++;

        Assert.Equal(3, after); // From 6 in steps of a half, until 4 is no longer exceeded.
    }

    [Fact]
    public void A_residual_far_beyond_all_of_the_baseline_is_a_signal_whatever_the_width_of_R1()
    {
        var model = Model("none") with { FarOut = new LevelRange(-9, 9) };
        var judge = new ProcessJudge(model, new Detection { Alerting = RuleSet.R1, Parameters = new RuleParameters { K1 = 50 } });
        var memory = judge.Start();

        Assert.False(judge.Judge(ref memory, 8.9, PointContext.None).Signals.Any);
        Assert.True(judge.Judge(ref memory, 9.1, PointContext.None).Signals.Any);
    }

    [Fact]
    public void A_point_without_the_circumstances_that_are_needed_is_missing()
    {
        var model = Model("none") with { Transform = Transform.Log, Adjustment = new TokenRegression(Transform.Log, 0.1, 0, 0, 0.02) };
        var judge = new ProcessJudge(model, Detection.Classic);
        var memory = judge.Start();

        Assert.True(judge.Judge(ref memory, 3, PointContext.None).IsMissing);
        Assert.Equal(0, judge.Judge(ref memory, 2.1, PointContext.None with { InputTokens = 9, OutputTokens = 100 }).Residual, precision: 12);
    }

    [Fact]
    public void Sums_need_their_numbers()
    {
        Assert.Throws<ArgumentException>(() => new ProcessJudge(Model("none"), new Detection { Alerting = RuleSet.Cusum }));
        Assert.Throws<ArgumentException>(() => new ProcessJudge(Model("none"), new Detection { Alerting = RuleSet.Ewma }));
    }

    [Theory]
    [MemberData(nameof(Forecasts))]
    public void A_step_allocates_nothing_and_a_chart_remembers_little(string forecast)
    {
        var judge = new ProcessJudge(Model(forecast), Everything);
        var memory = judge.Start();
        judge.Judge(ref memory, 1, PointContext.None);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            judge.Judge(ref memory, i % 7, PointContext.None);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.InRange(Unsafe.SizeOf<ProcessMemory>(), 1, 192);
    }

    [Fact]
    public void Lines_are_drawn_where_residuals_are_compared()
    {
        var model = Model("scores") with { Transform = Transform.Log };
        var judge = new ProcessJudge(model, Everything);

        var zones = judge.ZonesAt(expected: 0.3);

        Assert.Equal(model.Scaled(zones.Upper3) - 0.3, model.Line(3), precision: 10);
        Assert.Equal(judge.ControlLimitsAt(0.3).Upper, model.Draw(judge.Limits.Upper1, 0.3));
        Assert.True(zones.Lower3 < zones.Centre && zones.Centre < zones.Upper3);
    }

    private static RuleSignals[] Signals(ProcessJudge judge, double[] values)
    {
        var memory = judge.Start();
        return Array.ConvertAll(values, value => judge.Judge(ref memory, value, PointContext.None).Signals);
    }

    private static ProcessModel Model(string forecast) => new()
    {
        Transform = Transform.None,
        Adjustment = null,
        Forecast = forecast switch
        {
            "ar" => new Autoregression(0, [0.4, 0.2], [0, 0], Clip: 3),
            "ewma" => new EwmaForecast(0.2, 0, Clip: 3),
            "returning" or "scores" => new EwmaForecast(0.2, 0, Clip: 3) { Persistence = 0.9 },
            _ => NoForecast.Instance,
        },
        Scores = forecast == "scores" ? new ScoreCurve([-5, -2, 0, 2, 5], [-3, -2, 0, 2, 3]) : null,
        Levels = forecast == "ewma" ? new LevelRange(-0.3, 0.3) : null,
        Curve = new ScoreCurve([-4, 0, 4], [-4, 0, 4]),
        Count = 1_000,
    };
}

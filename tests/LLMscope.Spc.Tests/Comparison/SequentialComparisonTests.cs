using LLMscope.Spc.Comparison;
using LLMscope.Spc.Tests.Individuals;

namespace LLMscope.Spc.Tests.Comparison;

public class SequentialComparisonTests
{
    private static readonly SequentialComparison Test = new() { Alpha = 0.05 };

    [Fact]
    public void Looking_after_every_point_keeps_the_error_rate()
    {
        var wrong = Enumerable.Range(0, 1_000).Count(seed => Run(Test, NormalSample.Of(2_000, seed)).Verdict is SequentialVerdict.Worse or SequentialVerdict.Better);

        Assert.InRange(wrong, 0, 65); // 50 and two standard errors
    }

    [Fact]
    public void The_p_value_may_be_read_at_its_lowest()
    {
        // A least effect this small is never shown to be absent, so nothing ends the runs early.
        var patient = Test with { MinimumEffect = 1e-3 };

        var below = Enumerable.Range(0, 1_000).Count(seed => Run(patient, NormalSample.Of(1_000, seed)).P < 0.05);

        Assert.InRange(below, 0, 65);
    }

    [Fact]
    public void A_baseline_of_few_points_does_not_raise_the_error_rate()
    {
        int aware = 0, unaware = 0;
        for (var seed = 0; seed < 500; seed++)
        {
            var baselineError = NormalSample.Of(1, 10_000 + seed)[0] / Math.Sqrt(100);
            var scores = NormalSample.Of(2_000, seed, mean: baselineError);
            var small = Test with { MinimumEffect = 0.05 };
            unaware += Run(small, scores).Verdict is SequentialVerdict.Worse or SequentialVerdict.Better ? 1 : 0;
            aware += Run(small with { BaselinePoints = 100 }, scores).Verdict is SequentialVerdict.Worse or SequentialVerdict.Better ? 1 : 0;
        }

        Assert.InRange(aware, 0, 35);
        Assert.True(unaware > 100, $"{unaware}");
    }

    [Fact]
    public void Autocorrelated_scores_keep_the_error_rate_by_their_long_run_variance()
    {
        var wrong = 0;
        for (var seed = 0; seed < 500; seed++)
        {
            var scores = NormalSample.Of(2_000, seed);
            for (var i = 1; i < scores.Length; i++)
                scores[i] = (0.5 * scores[i - 1]) + (Math.Sqrt(0.75) * scores[i]);
            wrong += Run(Test with { LongRunVariance = 3 }, scores).Verdict is SequentialVerdict.Worse or SequentialVerdict.Better ? 1 : 0;
        }

        Assert.InRange(wrong, 0, 35);
    }

    [Theory]
    [InlineData(0.5, 120)]
    [InlineData(1.0, 30)]
    [InlineData(2.0, 10)]
    public void A_shift_is_found_soon(double shift, int points)
    {
        var ends = Enumerable.Range(0, 300).Select(seed => Run(Test, NormalSample.Of(2_000, seed, mean: shift))).ToArray();

        Assert.All(ends, end => Assert.Equal(SequentialVerdict.Worse, end.Verdict));
        Assert.InRange(ends.Select(end => end.Points).Order().ElementAt(150), 1, points);
    }

    [Fact]
    public void No_change_is_told_from_not_knowing_yet()
    {
        var ends = Enumerable.Range(0, 200).Select(seed => Run(Test, NormalSample.Of(2_000, seed))).ToArray();

        Assert.InRange(ends.Count(end => end.Verdict == SequentialVerdict.NoRelevantChange), 190, 200);
        Assert.Equal(SequentialVerdict.Undecided, Run(Test, NormalSample.Of(20, 1)).Verdict);
    }

    [Fact]
    public void A_change_that_matters_is_seldom_called_irrelevant()
    {
        var wrong = Enumerable.Range(0, 500).Count(seed => Run(Test, NormalSample.Of(3_000, seed, mean: 0.25)).Verdict == SequentialVerdict.NoRelevantChange);

        Assert.InRange(wrong, 0, 35);
    }

    [Fact]
    public void Mirrored_scores_turn_worse_into_better_and_so_does_the_direction_of_the_characteristic()
    {
        var rising = NormalSample.Of(500, 3, mean: 0.8);

        Assert.Equal(SequentialVerdict.Worse, Run(Test, rising).Verdict);
        Assert.Equal(SequentialVerdict.Better, Run(Test, [.. rising.Select(score => -score)]).Verdict);
        Assert.Equal(SequentialVerdict.Better, Run(Test with { HigherIsWorse = false }, rising).Verdict);
    }

    [Fact]
    public void The_evidence_is_the_mixture_over_all_changes()
    {
        // The integral of exp(d S - n d^2 / 2) over d from N(0, 0.5^2), by the trapezoidal rule.
        double[] scores = [0.3, 2.2, 0.4, 1.9];
        var (sum, mixture) = (scores.Sum(), 0.0);
        for (var d = -6.0; d <= 6; d += 0.001)
            mixture += 0.001 * MathNet.Numerics.Distributions.Normal.PDF(0, 0.5, d) * Math.Exp((d * sum) - (2 * d * d));

        var state = Run(Test, scores);

        Assert.Equal(Math.Log(mixture), state.LogEvidence, precision: 6);
    }

    [Fact]
    public void The_interval_leaves_zero_out_when_p_falls_below_alpha()
    {
        var patient = Test with { MinimumEffect = 1e-6 };
        var state = default(SequentialState);
        foreach (var score in NormalSample.Of(400, 4, mean: 0.4))
        {
            var next = patient.Next(state, score);
            if (next.Points > state.Points)
                Assert.Equal(patient.Effect(next).Excludes(0), next.P < patient.Alpha);
            state = next;
        }

        Assert.Equal(SequentialVerdict.Worse, state.Verdict);
    }

    [Fact]
    public void A_verdict_stays_and_missing_scores_pass_by()
    {
        var decided = Run(Test, NormalSample.Of(500, 3, mean: 2));

        Assert.Equal(decided, Test.Next(decided, -50));
        Assert.Equal(default, Test.Next(default, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Test.Next(default, double.PositiveInfinity));
    }

    [Fact]
    public void A_point_takes_no_memory()
    {
        var scores = NormalSample.Of(1_000, 5);
        var patient = Test with { MinimumEffect = 1e-6 };
        Run(patient, scores);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(patient, scores);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static SequentialState Run(SequentialComparison test, double[] scores)
    {
        var state = default(SequentialState);
        foreach (var score in scores)
            state = test.Next(state, score);
        return state;
    }
}

using LLMscope.Spc.Explanations;
using LLMscope.Spc.Rules;
using LLMscope.Spc.Tests.Individuals;

namespace LLMscope.Spc.Tests.Explanations;

public class SignalExplanationTests
{
    private const int Before = 100;

    private static readonly RuleLimits Limits = RuleLimits.From(k => k, RuleParameters.Default);

    [Fact]
    public void A_clear_shift_is_dated_and_measured_in_every_unit()
    {
        var scores = new double[60];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = (i % 2 == 1 ? 0.3 : -0.3) + (i < 50 ? 0 : 2);

        var explanation = Explain(RuleSet.R5, scores, sigmas => 200 + (10 * sigmas));

        Assert.Equal(50, explanation.Start.Index);
        Assert.Equal(2, explanation.Shift!.InSigma.Value, precision: 9);
        Assert.Equal(20, explanation.Shift.InUnit.Value, precision: 9);
        Assert.Equal(10, explanation.Shift.InPercent.Value, precision: 9);
        Assert.Null(explanation.SpreadRatio);
        Assert.Equal("2 of 3 points beyond 2 sigma on one side", explanation.Title);
    }

    [Fact]
    public void On_a_logarithmic_scale_the_percentage_is_that_of_the_data()
    {
        double[] scores = [0.1, -0.2, 0.1, 3.5];

        var shift = Explain(RuleSet.R1, scores, sigmas => Math.Exp(1 + (0.2 * sigmas))).Shift!;

        Assert.Equal(100 * (Math.Exp(0.7) - 1), shift.InPercent.Value, precision: 9);
        Assert.Equal(Math.E * (Math.Exp(0.7) - 1), shift.InUnit.Value, precision: 9);
    }

    [Fact]
    public void A_single_spike_began_where_it_is()
    {
        var explanation = Explain(RuleSet.R1, [.. NormalSample.Of(200, 1).Select(score => Math.Clamp(score, -2, 2)), 6], sigmas => sigmas);

        Assert.Equal(200, explanation.Start.Index);
        Assert.Equal(6, explanation.Shift!.InSigma.Value);
        Assert.False(explanation.Shift.InPercent.IsKnown); // of a centre line at zero
    }

    [Theory]
    [InlineData(0.5, 60)]
    [InlineData(1.0, 30)]
    [InlineData(2.0, 10)]
    public void Intervals_hold_start_and_size_nine_times_in_ten(double shift, int after)
    {
        int starts = 0, sizes = 0;
        const int Runs = 1_000;
        for (var seed = 0; seed < Runs; seed++)
        {
            var scores = Shifted(seed, shift, after);
            var (start, size) = ShiftSearch.Find(scores, [.. Enumerable.Range(0, scores.Length)], Direction.Up);

            starts += start.Candidates.Contains(Before) ? 1 : 0;
            sizes += size.Excludes(shift) ? 0 : 1;
        }

        Assert.InRange(starts / (double)Runs, 0.88, 0.98);
        Assert.InRange(sizes / (double)Runs, 0.87, 0.97);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(2.0)]
    public void They_nearly_hold_as_often_when_the_first_signal_chooses_the_moment(double shift)
    {
        int signals = 0, starts = 0, sizes = 0;
        for (var seed = 0; seed < 1_000; seed++)
        {
            var scores = Shifted(seed, shift, 200);
            if (FirstSignal(scores) is not { } signal || signal.At < Before)
                continue;

            var (start, size) = ShiftSearch.Find(scores.AsSpan(..(signal.At + 1)), [.. Enumerable.Range(0, signal.At + 1)], signal.Direction);
            signals++;
            starts += start.Candidates.Contains(Before) ? 1 : 0;
            sizes += size.Excludes(shift) ? 0 : 1;
        }

        Assert.True(signals > 300);
        Assert.InRange(starts / (double)signals, 0.85, 1);
        Assert.InRange(sizes / (double)signals, 0.75, 1);
    }

    [Fact]
    public void A_change_of_spread_is_dated_and_measured_too()
    {
        int starts = 0, ratios = 0;
        const int Runs = 500;
        for (var seed = 0; seed < Runs; seed++)
        {
            double[] scores = [.. NormalSample.Of(Before, 2 * seed), .. NormalSample.Of(50, (2 * seed) + 1, sigma: 0.4)];
            var (start, ratio) = SpreadSearch.Find(scores, [.. Enumerable.Range(0, scores.Length)], window: 15);

            starts += start.Candidates.Contains(Before) ? 1 : 0;
            ratios += ratio.Excludes(0.4) ? 0 : 1;
        }

        Assert.InRange(starts / (double)Runs, 0.88, 0.99);
        Assert.InRange(ratios / (double)Runs, 0.86, 0.97);
    }

    [Fact]
    public void Too_little_variation_is_shown_as_a_ratio_of_spread()
    {
        double[] scores = [.. NormalSample.Of(300, 1), .. NormalSample.Of(40, 2, sigma: 0.2)];

        var explanation = Explain(RuleSet.R7, scores, sigmas => sigmas);

        Assert.Null(explanation.Shift);
        Assert.InRange(explanation.SpreadRatio!.Value.Value, 0.15, 0.27);
        Assert.InRange(explanation.Start.Index, 290, 310);
        Assert.False(explanation.SpreadRatio.Value.Excludes(0.2));
    }

    [Fact]
    public void A_frozen_signal_has_no_spread_left()
    {
        var ratio = Explain(RuleSet.R7, [.. NormalSample.Of(30, 1), .. new double[20]], sigmas => sigmas).SpreadRatio;

        Assert.InRange(ratio!.Value.Value, 0, 1e-5);
    }

    [Fact]
    public void Missing_points_keep_their_places()
    {
        double[] scores = [0, double.NaN, 0, 0, double.NaN, 4, 4, double.NaN, 4];

        var start = Explain(RuleSet.R1, scores, sigmas => sigmas, sinceCusumZero: 4).Start;

        Assert.Equal(5, start.Index);
        Assert.DoesNotContain(4, start.Candidates);
        Assert.Equal(4, start.SinceCusumZero);
    }

    [Fact]
    public void Mirrored_scores_mirror_the_shift()
    {
        var up = Explain(RuleSet.R1, [0.2, -0.5, 1.4, 0.7, 3.2], sigmas => sigmas);
        var down = Explain(RuleSet.R1, [-0.2, 0.5, -1.4, -0.7, -3.2], sigmas => sigmas);

        Assert.Equal(up.Start.Candidates, down.Start.Candidates);
        Assert.Equal(up.Shift!.InSigma.Value, -down.Shift!.InSigma.Value);
        Assert.Equal(up.Shift.InSigma.Lower, -down.Shift.InSigma.Upper);
    }

    [Fact]
    public void A_trend_that_begins_far_below_may_still_lie_below_the_centre()
    {
        var shift = Explain(RuleSet.R3, [-3, -2.6, -2.2, -1.8, -1.4, -1], sigmas => sigmas).Shift!;

        Assert.True(shift.InSigma.Value < 0);
    }

    [Fact]
    public void Infinite_scores_and_windows_that_end_elsewhere_are_refused()
    {
        var window = new RuleWindow(1, 1, [1]);

        Assert.Throws<ArgumentException>(() => SignalExplanation.Of(RuleSet.R1, window, Direction.Up, [double.PositiveInfinity, 4], sigmas => sigmas));
        Assert.Throws<ArgumentException>(() => SignalExplanation.Of(RuleSet.R1, window, Direction.Up, [0, 4, 1], sigmas => sigmas));
    }

    private static SignalExplanation Explain(RuleSet rule, double[] scores, Func<double, double> line, int? sinceCusumZero = null)
    {
        var judge = new NelsonRules(Limits, rule);
        var signals = scores.Select(judge.Judge).Last();
        var window = RuleWindow.Find(rule, scores, Limits)!;
        return SignalExplanation.Of(rule, window, signals.DirectionOf(rule), scores, line, sinceCusumZero: sinceCusumZero);
    }

    private static double[] Shifted(int seed, double shift, int after)
        => [.. NormalSample.Of(Before, 2 * seed), .. NormalSample.Of(after, (2 * seed) + 1, mean: shift)];

    private static (int At, Direction Direction)? FirstSignal(double[] scores)
    {
        var judge = new NelsonRules(Limits, RuleSet.R1 | RuleSet.R2 | RuleSet.R5 | RuleSet.R6);
        for (var i = 0; i < scores.Length; i++)
        {
            if (judge.Judge(scores[i]) is { Any: true } signals)
                return (i, signals.Upward != RuleSet.None ? Direction.Up : Direction.Down);
        }

        return null;
    }
}

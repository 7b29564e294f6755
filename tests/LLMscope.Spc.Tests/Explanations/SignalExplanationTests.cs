using LLMscope.Spc.Explanations;
using LLMscope.Spc.Rules;
using LLMscope.Spc.Tests.Individuals;

namespace LLMscope.Spc.Tests.Explanations;

public class SignalExplanationTests
{
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
}

using LLMscope.Spc.Baselines;
using LLMscope.Spc.Individuals;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;
using LLMscope.Spc.Scoring;
using LLMscope.Spc.Tests.Individuals;

namespace LLMscope.Spc.Tests.Baselines;

public class PhaseOneTests
{
    private static readonly PhaseOneOptions Textbook = new()
    {
        Transform = TransformChoice.None,
        Predictor = PredictorChoice.None,
        Estimator = BaselineEstimator.MovingRange,
        Screens = false,
    };

    [Fact]
    public void A_textbooks_chart_is_mean_and_moving_range_of_all_values()
    {
        double[] values = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]; // NIST/SEMATECH e-Handbook, 6.3.2.2.

        var model = PhaseOne.Analyse(values, options: Textbook).Model!;

        Assert.Equal(50.81, model.Line(0), precision: 10);
        Assert.Equal(55.8041, model.Line(3), tolerance: 0.002); // The handbook divides by 1.128.
        Assert.Equal(45.8159, model.Line(-3), tolerance: 0.002);
        Assert.Equal(BaselineEstimator.MovingRange, model.Estimator);
        Assert.True(model.HasConstantLimits);
    }

    [Fact]
    public void Skewed_values_are_put_on_the_logarithm_and_symmetric_ones_are_not()
    {
        var skewed = PhaseOne.Analyse(Lognormal(500, seed: 1));
        var symmetric = PhaseOne.Analyse(NormalSample.Of(500, seed: 1, mean: 100));

        Assert.Equal(Transform.Log, skewed.Model!.Transform);
        Assert.Contains(skewed.Reasons, reason => reason.Contains("quantiles of 500 values", StringComparison.Ordinal) && reason.Contains("logarithm", StringComparison.Ordinal));
        Assert.Equal(Transform.None, PhaseOne.Analyse(NormalSample.Of(500, seed: 1)).Model!.Transform);
        Assert.NotNull(symmetric.Model);
    }

    [Fact]
    public void Independent_values_are_not_forecast()
    {
        var result = PhaseOne.Analyse(Lognormal(1_000, seed: 2));

        Assert.IsType<NoForecast>(result.Model!.Forecast);
        Assert.Contains("Points do not depend on those before them, so nothing is forecast.", result.Reasons);
        Assert.Equal(1, result.Model.ShiftSeen);
    }

    [Fact]
    public void An_autoregression_that_was_asked_for_is_fitted_though_no_lag_is_worth_it()
    {
        var result = PhaseOne.Analyse(Lognormal(1_000, seed: 2), options: new PhaseOneOptions { Predictor = PredictorChoice.Ar });

        var forecast = Assert.IsType<Autoregression>(result.Model!.Forecast);
        Assert.Equal(0, Assert.Single(forecast.Coefficients), tolerance: 0.1);
    }

    [Fact]
    public void Times_whose_lengths_are_known_are_put_on_the_logarithm()
    {
        var random = new Random(9);
        var contexts = Enumerable.Range(0, 500).Select(_ => PointContext.None with { InputTokens = random.Next(100, 4_000), OutputTokens = random.Next(10, 500) }).ToArray();
        var noise = NormalSample.Of(500, seed: 10, sigma: 0.15);
        var times = contexts.Select((context, i) => (0.2 + (0.0001 * context.InputTokens) + (0.03 * context.OutputTokens)) * Math.Exp(noise[i])).ToArray();

        var model = PhaseOne.Analyse(times, contexts).Model!;

        Assert.Equal(Transform.Log, model.Transform);
        Assert.Equal(0.03, Assert.IsType<TokenRegression>(model.Adjustment).PerOutputToken, tolerance: 0.001);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.7)]
    public void What_lies_far_beyond_all_of_the_baseline_is_a_signal_whatever_the_budget(double dependence)
    {
        var values = Array.ConvertAll(Autoregressive(dependence, 200, seed: 11), value => Math.Exp(0.2 * value));
        var model = PhaseOne.Analyse(values).Model!;
        var judge = new ProcessJudge(model, new Detection { Alerting = RuleSet.R1, Parameters = new RuleParameters { K1 = 7 } });
        var memory = judge.Start();

        Assert.Equal(RuleSet.None, judge.Judge(ref memory, values.Max(), PointContext.None).Signals.Rules);
        Assert.Equal(RuleSet.R1, judge.Judge(ref memory, 1e4, PointContext.None).Signals.Upward);
        Assert.Equal(RuleSet.R1, judge.Judge(ref memory, 1e-4, PointContext.None).Signals.Downward);
    }

    [Fact]
    public void Neighbours_that_resemble_each_other_are_forecast_on_normal_scores()
    {
        var result = PhaseOne.Analyse(Array.ConvertAll(Autoregressive(0.6, 1_000, seed: 3), Math.Exp));

        var model = result.Model!;
        Assert.Equal(0.4, Assert.IsType<Autoregression>(model.Forecast).Retained, tolerance: 0.15);
        Assert.NotNull(model.Scores);
        Assert.Contains(result.Reasons, reason => reason.StartsWith("Neighbouring points resemble each other", StringComparison.Ordinal));
        Assert.Equal(0.5, model.ShiftSeen, tolerance: 0.15); // 0.4 of a shift, in errors that are 0.8 as wide as the values.
    }

    [Fact]
    public void A_random_walk_is_compared_with_an_average_that_follows_it()
    {
        var noise = NormalSample.Of(2_000, seed: 4);
        var steps = NormalSample.Of(2_000, seed: 5, sigma: 0.4);
        double level = 50;
        var values = noise.Select((value, i) => (level += steps[i]) + value).ToArray();

        var result = PhaseOne.Analyse(values, options: new PhaseOneOptions { Transform = TransformChoice.Scores, Scale = Transform.None, Screens = false });

        var forecast = Assert.IsType<EwmaForecast>(result.Model!.Forecast);
        Assert.True(forecast.Retained < 0.1, $"{forecast.Retained}");
        Assert.NotNull(result.Model.Levels);
    }

    [Fact]
    public void Rounded_values_have_limits_half_way_between_them()
    {
        var values = Array.ConvertAll(NormalSample.Of(1_000, seed: 6, mean: 40), Math.Round);

        var result = PhaseOne.Analyse(values);

        Assert.True(result.Warnings.HasFlag(BaselineWarnings.Rounded));
        Assert.Contains(result.Reasons, reason => reason.Contains("rounded to 1", StringComparison.Ordinal));
        foreach (var k in (ReadOnlySpan<double>)[-3, -2, -1, 0, 1, 2, 3])
            Assert.Equal(0.5, Math.Abs(result.Model!.Draw(result.Model.Line(k), 0) % 1), precision: 6);
    }

    [Fact]
    public void Calls_with_known_tokens_are_compared_with_their_length()
    {
        var (values, contexts) = Calls(800);

        var result = PhaseOne.Analyse(values, contexts);

        Assert.Equal(0.03, Assert.IsType<TokenRegression>(result.Model!.Adjustment).PerOutputToken, tolerance: 0.003);
        Assert.Contains(result.Reasons, reason => reason.StartsWith("Adjusted for the length of prompt and answer", StringComparison.Ordinal));
        Assert.False(result.Model.HasConstantLimits);
    }

    [Fact]
    public void Tokens_that_are_asked_for_and_not_known_are_a_reason_in_words()
    {
        var contexts = Enumerable.Repeat(PointContext.None, 200).ToArray();

        var result = PhaseOne.Analyse(Lognormal(200, seed: 7), contexts, new PhaseOneOptions { Predictor = PredictorChoice.Tokens });

        Assert.Null(result.Model!.Adjustment);
        Assert.Contains(result.Reasons, reason => reason.StartsWith("Not adjusted: token counts are not known", StringComparison.Ordinal));
    }

    [Fact]
    public void Too_few_values_for_scores_are_taken_for_normal_and_fewer_give_no_limits()
    {
        var few = PhaseOne.Analyse(Lognormal(40, seed: 8));
        var none = PhaseOne.Analyse(Lognormal(PhaseOne.FewestValues - 1, seed: 8));

        Assert.NotNull(few.Model!.Curve.Sigma);
        Assert.Contains(few.Reasons, reason => reason.Contains("too few for normal scores", StringComparison.Ordinal));
        Assert.Equal(BaselineProblem.TooFewValues, none.Problem);
        Assert.Null(none.Model);
    }

    [Fact]
    public void What_gives_no_limits_is_named()
    {
        var values = Lognormal(100, seed: 9);

        Assert.Equal(BaselineProblem.InfiniteValue, PhaseOne.Analyse([.. values, double.PositiveInfinity]).Problem);
        Assert.Equal(BaselineProblem.NonPositiveValue, PhaseOne.Analyse([.. values, -1], options: new PhaseOneOptions { Transform = TransformChoice.Log }).Problem);
        Assert.Equal(BaselineProblem.NoVariation, PhaseOne.Analyse(Enumerable.Repeat(3.0, 100).ToArray()).Problem);
        Assert.Equal(BaselineProblem.TooFewValues, PhaseOne.Analyse(Enumerable.Repeat(double.NaN, 100).ToArray()).Problem);
        Assert.Throws<ArgumentException>(() => PhaseOne.Analyse(values, new PointContext[3]));
    }

    [Fact]
    public void Missing_values_are_left_out_by_name_and_change_nothing()
    {
        var values = Lognormal(300, seed: 10);
        var gaps = values.ToList();
        gaps.Insert(7, double.NaN);
        gaps.Insert(100, double.NaN);

        var (plain, withGaps) = (PhaseOne.Analyse(values), PhaseOne.Analyse(gaps.ToArray()));

        Assert.Equal([7, 100], withGaps.Excluded.Select(value => value.Index));
        Assert.All(withGaps.Excluded, value => Assert.Equal(ExclusionReason.Missing, value.Reason));
        Assert.Equal(plain.Model!.Line(3), withGaps.Model!.Line(3));
    }

    [Fact]
    public void Another_level_before_the_latest_long_stretch_is_left_out()
    {
        double[] values = [.. NormalSample.Of(200, seed: 11, mean: 10), .. NormalSample.Of(600, seed: 12, mean: 14)];

        var result = PhaseOne.Analyse(values);

        Assert.InRange(result.Excluded.Count(value => value.Reason == ExclusionReason.OtherLevel), 190, 210);
        Assert.Contains(result.Reasons, reason => reason.StartsWith("The level changed within the values", StringComparison.Ordinal));
        Assert.Equal(14, result.Model!.Draw(result.Model.Line(0), 0), tolerance: 0.2);
    }

    [Fact]
    public void A_level_that_wanders_all_the_time_keeps_all_values()
    {
        var steps = NormalSample.Of(1_000, seed: 13, sigma: 0.3);
        var noise = NormalSample.Of(1_000, seed: 14);
        double level = 100;
        var values = noise.Select((value, i) => (level += steps[i] - (0.01 * (level - 100))) + value).ToArray();

        var result = PhaseOne.Analyse(values);

        Assert.DoesNotContain(result.Excluded, value => value.Reason == ExclusionReason.OtherLevel);
        Assert.True(result.Model!.Count > 950);
    }

    [Fact]
    public void A_frozen_model_does_not_depend_on_the_unit()
    {
        var values = Array.ConvertAll(Autoregressive(0.5, 400, seed: 15), Math.Exp);

        var (seconds, milliseconds) = (PhaseOne.Analyse(values).Model!, PhaseOne.Analyse(Array.ConvertAll(values, value => 1_000 * value)).Model!);

        Assert.Equal(seconds.Forecast.GetType(), milliseconds.Forecast.GetType());
        foreach (var k in (ReadOnlySpan<double>)[-3, 0, 3])
            Assert.Equal(1_000, milliseconds.Draw(milliseconds.Line(k), 0) / seconds.Draw(seconds.Line(k), 0), tolerance: 0.1);
    }

    private static double[] Lognormal(int count, int seed) => Array.ConvertAll(NormalSample.Of(count, seed, sigma: 0.6), Math.Exp);

    private static double[] Autoregressive(double memory, int count, int seed)
    {
        var values = NormalSample.Of(count, seed, sigma: 0.5);
        for (var i = 1; i < count; i++)
            values[i] += memory * values[i - 1];
        return values;
    }

    private static (double[] Values, PointContext[] Contexts) Calls(int count)
    {
        var (random, noise) = (new Random(1), NormalSample.Of(count, seed: 16));
        var contexts = Enumerable.Range(0, count)
            .Select(_ => PointContext.None with { InputTokens = random.Next(100, 2_000), OutputTokens = random.Next(10, 500) }).ToArray();
        return ([.. noise.Select((value, i) => (0.3 + (0.03 * contexts[i].OutputTokens)) * Math.Exp(0.15 * value))], contexts);
    }
}

using FsCheck;
using FsCheck.Fluent;
using LLMscope.Spc.RareEvents;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Tests.RareEvents;

public class TimeBetweenBaselineTests
{
    [Fact]
    public void The_lines_are_quantiles_of_the_exponential_distribution()
    {
        var baseline = TimeBetweenBaseline.Estimate([50, 150], TimeBetweenModel.Exponential, out _)!;

        Assert.Equal(100 * Math.Log(2), baseline.Limits.Centre, precision: 9);
        Assert.Equal(0.00134989803163, 1 - Math.Exp(-baseline.Limits.Lower3 / 100), tolerance: 1e-13);
        foreach (var k in (double[])[-6, -3.7, -1, 0.5, 2, 5])
            Assert.Equal(Normal.CDF(0, 1, -k), Math.Exp(-baseline.Line(k) / 100), tolerance: 1e-12);
    }

    [Fact]
    public void A_Weibull_fit_finds_the_parameters_of_its_sample()
    {
        var random = new Random(61);
        var times = Enumerable.Range(0, 20_000).Select(_ => 40 * Math.Pow(-Math.Log(1 - random.NextDouble()), 1 / 0.7)).ToArray();

        var baseline = TimeBetweenBaseline.Estimate(times, TimeBetweenModel.Weibull, out _)!;

        // Asymptotic standard errors: 0.78 shape / sqrt(n) and 1.053 scale / (shape sqrt(n)).
        Assert.Equal(0.7, baseline.Shape, tolerance: 4 * 0.78 * 0.7 / Math.Sqrt(20_000));
        Assert.Equal(40, baseline.Scale, tolerance: 4 * 1.053 * 40 / 0.7 / Math.Sqrt(20_000));
    }

    [Fact]
    public void No_other_Weibull_distribution_makes_the_times_more_likely()
    {
        double[] times = [0.3, 5, 12, 7, 44, 1.1, 2.5, 18];
        var fit = TimeBetweenBaseline.Estimate(times, TimeBetweenModel.Weibull, out _)!;

        var best = Likelihood(fit.Shape, fit.Scale);

        foreach (var (shape, scale) in new[] { (1.001, 1), (0.999, 1), (1, 1.001), (1, 0.999), (1.001, 1.001) })
            Assert.True(Likelihood(fit.Shape * shape, fit.Scale * scale) < best);

        double Likelihood(double shape, double scale) => times.Sum(time => Math.Log(Weibull.PDF(shape, scale, time)));
    }

    [Fact]
    public void A_change_of_unit_changes_the_lines_alike()
        => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Gen.Choose(1, 100_000).ToArbitrary(), Gen.Choose(1, 100_000).ToArbitrary(), (seed, scale) =>
        {
            var random = new Random(seed);
            var times = Enumerable.Range(0, 30).Select(_ => -Math.Log(1 - random.NextDouble()) + 1e-6).ToArray();
            var changed = times.Select(time => time * scale).ToArray();

            foreach (var model in Enum.GetValues<TimeBetweenModel>())
            {
                var (before, after) = (TimeBetweenBaseline.Estimate(times, model, out _)!, TimeBetweenBaseline.Estimate(changed, model, out _)!);
                Assert.True(after.Limits.AreOrdered);
                Assert.Equal(scale * before.Line(-2.2), after.Line(-2.2), tolerance: 1e-8 * scale * before.Line(-2.2));
                Assert.Equal(scale * before.Line(3), after.Line(3), tolerance: 1e-8 * scale * before.Line(3));
            }

            var (power, powerChanged) = (PowerTimeBaseline.Estimate(times, out _)!, PowerTimeBaseline.Estimate(changed, out _)!);
            Assert.Equal(scale * power.Line(1.5), powerChanged.Line(1.5), tolerance: 1e-8 * scale * power.Line(1.5));
        }));

    [Theory]
    [InlineData(TimeBetweenModel.Exponential, 1.0)]
    [InlineData(TimeBetweenModel.Weibull, 0.6)]
    [InlineData(TimeBetweenModel.Weibull, 2.0)]
    public void In_control_times_lie_outside_as_often_as_they_must(TimeBetweenModel model, double shape)
    {
        var random = new Random(62);
        var limits = new TimeBetweenBaseline { Model = model, Scale = 300, Shape = shape, Times = 1_000 }.Limits;

        FalseAlarms.Are(2 * Normal.CDF(0, 1, -3), 400_000, () => FalseAlarms.IsBeyond(limits, Weibull.Sample(random, shape, 300)));
    }

    [Fact]
    public void Nelsons_chart_is_the_individuals_chart_of_transformed_times()
    {
        double[] times = [Math.Pow(2, 3.6), Math.Pow(3, 3.6), Math.Pow(4, 3.6), Math.Pow(3, 3.6)];

        var baseline = PowerTimeBaseline.Estimate(times, out _)!;

        Assert.Equal(3, baseline.Centre, precision: 12);
        Assert.Equal(1 / ChartConstants.D2, baseline.Sigma, precision: 12);
        Assert.Equal(Math.Pow(3 + (3 / 1.128379167), 3.6), baseline.Limits.Upper3, tolerance: 1e-5);
        Assert.Equal(Math.Pow(3 - (2 / 1.128379167), 3.6), baseline.Limits.Lower2, tolerance: 1e-6);
        Assert.Equal(0, baseline.Line(-4));
    }

    [Fact]
    public void Nelsons_transform_makes_exponential_times_nearly_normal()
    {
        var random = new Random(63);
        var times = Enumerable.Range(0, 200_000).Select(_ => -1_000 * Math.Log(1 - random.NextDouble())).ToArray();

        var baseline = PowerTimeBaseline.Estimate(times, out _)!;

        foreach (var k in (double[])[-2, -1, 0, 1, 2])
            Assert.Equal(Normal.CDF(0, 1, k), 1 - Math.Exp(-baseline.Line(k) / 1_000), tolerance: 0.01);

        // The transformed mean is gamma(1.2778) = 0.9012 and the variance gamma(1.5556) - 0.9012^2, so both limits lie farther out than the
        // quantiles: below them 0.006 % of the times instead of 0.135 %, above them 0.07 %.
        Assert.InRange(1 - Math.Exp(-baseline.Line(-3) / 1_000), 0.00003, 0.0002);
        Assert.InRange(Math.Exp(-baseline.Line(3) / 1_000), 0.0005, 0.001);
    }

    [Fact]
    public void What_gives_no_limits_is_named()
    {
        Assert.Equal(RareEventProblem.TooFewGaps, Problem(TimeBetweenModel.Weibull, 5));
        Assert.Equal(RareEventProblem.ImpossibleGap, Problem(TimeBetweenModel.Exponential, 5, double.NaN));
        Assert.Equal(RareEventProblem.ImpossibleGap, Problem(TimeBetweenModel.Exponential, 5, -1));
        Assert.Equal(RareEventProblem.NoVariation, Problem(TimeBetweenModel.Weibull, 5, 5, 5));
        Assert.Equal(RareEventProblem.ZeroTime, Problem(TimeBetweenModel.Weibull, 5, 0, 5));
        Assert.Equal(RareEventProblem.None, Problem(TimeBetweenModel.Exponential, 5, 0, 5));
    }

    private static RareEventProblem Problem(TimeBetweenModel model, params double[] times)
    {
        var baseline = TimeBetweenBaseline.Estimate(times, model, out var problem);
        Assert.Equal(problem == RareEventProblem.None, baseline is not null);
        return problem;
    }
}

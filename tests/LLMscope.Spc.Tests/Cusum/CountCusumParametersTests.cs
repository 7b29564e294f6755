using FsCheck;
using FsCheck.Fluent;
using LLMscope.Spc.Cusum;

namespace LLMscope.Spc.Tests.Cusum;

public class CountCusumParametersTests
{
    private static readonly CountCusumParameters Errors = new(k: 1.45, h: 6.85, headStart: 3.4);

    [Theory]
    [InlineData(1, 2, 1.4427)]
    [InlineData(0.2, 0.4, 0.2885)]
    [InlineData(10, 15, 12.3315)]
    public void The_reference_of_a_Poisson_chart_lies_between_its_means(double mean, double raised, double reference)
        => Assert.Equal(reference, CountCusumParameters.PoissonReference(mean, raised), tolerance: 1e-4);

    [Fact]
    public void The_reference_of_a_Bernoulli_chart_is_that_of_the_Poisson_chart_where_failures_are_rare()
    {
        Assert.Equal(1, CountCusumParameters.BernoulliReference(1e-6, 2e-6) / CountCusumParameters.PoissonReference(1e-6, 2e-6), tolerance: 1e-5);
        Assert.Equal(0.0145, CountCusumParameters.BernoulliReference(0.01, 0.02), tolerance: 1e-4);
    }

    [Fact]
    public void A_sum_that_meets_the_threshold_but_for_rounding_is_no_signal()
    {
        var parameters = new CountCusumParameters(k: 0.1, h: 3.2);
        var memory = parameters.Start();

        var points = new[] { 1.1, 1.1, 0.5, 0.6, 0.4, 0.2 }.Select(count => parameters.Step(ref memory, count)).ToArray();

        Assert.Equal(3.2, points[4].Sum, tolerance: 1e-12);
        Assert.Equal([false, false, false, false, false, true], points.Select(point => point.IsSignal));
        Assert.Equal(5, points[^1].ChangeBegan);
    }

    [Fact]
    public void The_change_is_dated_to_the_point_after_the_last_zero()
    {
        var parameters = new CountCusumParameters(k: 1.5, h: 4);
        var memory = parameters.Start();

        var points = new double[] { 2, 0, 1, 4, 4, 1 }.Select(count => parameters.Step(ref memory, count)).ToArray();

        Assert.Equal([0.5, 0, 0, 2.5, 5, 4.5], points.Select(point => point.Sum));
        Assert.Equal([0, 0, 0, 0, 1, 2], points.Select(point => point.ChangeBegan));
    }

    [Fact]
    public void A_missing_count_is_skipped_and_a_break_arms_the_head_start_again()
        => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Gen.Choose(-1, 9).ArrayOf().ToArbitrary(), counts =>
        {
            var (straight, gapless) = (Errors.Start(), Errors.Start());
            foreach (var count in counts)
            {
                var before = straight;
                var point = Errors.Step(ref straight, count < 0 ? double.NaN : count);
                if (count >= 0)
                    Assert.Equal(Errors.Step(ref gapless, count), point);
                else
                    Assert.Equal((before, false), (straight, point.IsSignal));
            }

            Assert.Equal(gapless, straight);
            Errors.Break(ref straight);
            Assert.Equal(3.4, straight.Sum);
        }));

    [Theory]
    [InlineData(0, 5, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(1, 5, 5)]
    [InlineData(1, 5, -1)]
    public void Impossible_parameters_are_refused(double k, double h, double headStart)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new CountCusumParameters(k, h, headStart));
}

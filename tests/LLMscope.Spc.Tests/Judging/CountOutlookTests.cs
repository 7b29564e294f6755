using LLMscope.Spc.Attributes;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Tests.Judging;

public class CountOutlookTests
{
    private static readonly Detection Classic = new() { Alerting = RuleSet.R1 };

    private static readonly PointSizes Sizes = PointSizes.Of([(20, 100), (50, 300), (200, 100)]);

    [Fact]
    public void The_false_alarms_of_proportions_are_their_binomial_tails_averaged_over_what_the_baseline_leaves_open()
    {
        var baseline = new ProportionBaseline { Units = 900, Events = 18, Subgroups = 30 };
        var band = Outlook(baseline, AttributeLimits.Exact).FalseAlarms(Classic, 1);

        // By sums of single probabilities, and a fine grid over the posterior.
        double weight = 0, sum = 0;
        for (var p = 0.0005; p < 0.08; p += 0.0005)
        {
            var density = Beta.PDF(18.5, 882.5, p);
            weight += density;
            sum += density * Sizes.All.Sum(at => at.Share * Enumerable.Range(0, (int)at.Size + 1)
                .Where(events => events / at.Size > baseline.Line(3, (int)at.Size) || events / at.Size < baseline.Line(-3, (int)at.Size))
                .Sum(events => Binomial.PMF(p, (int)at.Size, events)));
        }

        Assert.Equal(sum / weight, band.Expected, tolerance: 0.02 * band.Expected);
        Assert.True(band.Low < band.Expected && band.Expected < band.High);
    }

    [Theory]
    [InlineData(AttributeLimits.Exact, 1)]
    [InlineData(AttributeLimits.Laney, 3)]
    public void A_shifted_rate_is_seen_as_often_as_it_lies_beyond_the_lines(AttributeLimits limits, double dispersion)
    {
        var baseline = new RateBaseline { Exposure = 3_000, Events = 600, Subgroups = 40, Dispersion = dispersion };
        var outlook = new CountOutlook(PlausibleCounts.Of(baseline, limits), Sizes, size => k => baseline.Line(k, size, limits) * size);
        var random = new Random(81);

        var points = outlook.Delay(Classic, 0.35).Rules!.Value;

        FalseAlarms.Are(1 / points, 200_000, () =>
        {
            var u = random.NextDouble();
            var size = u < 0.2 ? 20 : u < 0.8 ? 50 : 200;
            var events = limits == AttributeLimits.Exact
                ? Poisson.Sample(random, 0.35 * size)
                : Math.Max(0, Normal.Sample(random, 0.35 * size, dispersion * Math.Sqrt(0.35 * size)));
            return events / size > baseline.Line(3, size, limits) || events / size < baseline.Line(-3, size, limits);
        });
    }

    [Theory]
    [InlineData(0.02, 2_000)]
    [InlineData(0.3, 500)]
    [InlineData(0.95, 1_000)]
    public void Nine_baselines_of_ten_have_as_many_false_alarms_as_the_band_says(double probability, int units)
    {
        var random = new Random(82);
        var within = 0;
        const int Baselines = 80;
        for (var i = 0; i < Baselines; i++)
        {
            var baseline = new ProportionBaseline { Units = units, Events = Binomial.Sample(random, probability, units), Subgroups = 30 };
            var outlook = Outlook(baseline, AttributeLimits.ThreeSigma);
            var truth = 1 / outlook.Delay(Classic, probability).Rules!.Value;
            var band = outlook.FalseAlarms(Classic, 1);
            within += truth >= band.Low * 0.999 && truth <= band.High * 1.001 ? 1 : 0;
        }

        Assert.InRange(within, (int)(0.82 * Baselines), Baselines);
    }

    [Fact]
    public void A_larger_baseline_narrows_the_band_and_more_points_raise_more_alarms()
    {
        var small = Outlook(new ProportionBaseline { Units = 500, Events = 25, Subgroups = 25 }, AttributeLimits.ThreeSigma).FalseAlarms(Classic, 1_000);
        var large = Outlook(new ProportionBaseline { Units = 50_000, Events = 2_500, Subgroups = 25 }, AttributeLimits.ThreeSigma).FalseAlarms(Classic, 1_000);

        Assert.True(large.High / large.Low < small.High / small.Low / 2);
        Assert.Equal(2 * large.Expected, Outlook(new ProportionBaseline { Units = 50_000, Events = 2_500, Subgroups = 25 }, AttributeLimits.ThreeSigma).FalseAlarms(Classic, 2_000).Expected, precision: 9);
    }

    [Fact]
    public void Exact_lines_keep_a_budget_for_baselines_of_any_size()
    {
        foreach (var (units, events) in ((long, long)[])[(500, 0), (500, 5), (20_000, 10), (20_000, 4_000)])
        {
            var band = Outlook(new ProportionBaseline { Units = units, Events = events, Subgroups = 25 }, AttributeLimits.Exact).FalseAlarms(Classic, 1);
            Assert.True(band.Expected <= 2 * Normal.CDF(0, 1, -3), $"{events} in {units}: {band.Expected}");
        }
    }

    [Fact]
    public void Points_that_are_not_judged_raise_no_alarm()
    {
        var baseline = new ProportionBaseline { Units = 3_000, Events = 300, Subgroups = 60 };
        var process = PlausibleCounts.Of(baseline, AttributeLimits.ThreeSigma);
        Func<double, Func<double, double>?> lineAt = size => size == 50 ? k => baseline.Line(k, 50, AttributeLimits.ThreeSigma) * 50 : null;

        var some = new CountOutlook(process, Sizes, lineAt).FalseAlarms(Classic, 1);
        var all = new CountOutlook(process, PointSizes.One(50), lineAt).FalseAlarms(Classic, 1);

        Assert.Equal(0.6 * all.Expected, some.Expected, precision: 12);
        Assert.Equal(0, new CountOutlook(process, Sizes, lineAt).FalseAlarms(new Detection { Alerting = RuleSet.None }, 1).Expected);
    }

    [Fact]
    public void Very_many_sizes_are_represented_by_some()
    {
        var many = PointSizes.Of(Enumerable.Range(1, 1_000).Select(size => (size, 2L)));

        Assert.True(many.All.Count <= 60);
        Assert.Equal(1, many.All.Sum(one => one.Share), precision: 9);
        Assert.Equal(500, many.Mean, tolerance: 5.0);
    }

    private static CountOutlook Outlook(ProportionBaseline baseline, AttributeLimits limits) =>
        new(PlausibleCounts.Of(baseline, limits), Sizes, size => k => baseline.Line(k, (int)size, limits) * size);
}

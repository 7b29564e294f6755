using LLMscope.Spc.Judging;
using LLMscope.Spc.RareEvents;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;
using LLMscope.Spc.Subgroups;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Tests.Judging;

public class BetweenOutlookTests
{
    private const RuleSet Budgeted = RuleSet.R1 | RuleSet.R2 | RuleSet.R5 | RuleSet.R6;

    private static readonly Detection OneRule = new() { Alerting = RuleSet.R1 };

    [Fact]
    public void The_false_alarms_of_exponential_times_are_a_closed_form()
    {
        var baseline = new TimeBetweenBaseline { Model = TimeBetweenModel.Exponential, Scale = 40, Shape = 1, Times = 30 };
        var (lower, upper) = (baseline.Line(-3) / 40, baseline.Line(3) / 40);

        var band = BetweenOutlook.Of(baseline).FalseAlarms(OneRule, 1);

        // The mean of exp(-G h) for a gamma distributed G with mean 1.
        double Mean(double hazard) => Math.Pow(1 + (hazard / 30), -30);
        Assert.Equal(1 - Mean(lower) + Mean(upper), band.Expected, tolerance: 0.03 * band.Expected);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.7)]
    public void Nine_baselines_of_ten_have_as_many_false_alarms_as_the_band_says(double shape)
    {
        var random = new Random(91);
        var model = shape == 1 ? TimeBetweenModel.Exponential : TimeBetweenModel.Weibull;
        var detection = new Detection { Alerting = Budgeted };
        var band = BetweenOutlook.Of(new TimeBetweenBaseline { Model = model, Scale = 1, Shape = shape, Times = 60 }).FalseAlarms(detection, 1);
        const int Baselines = 150;
        var rates = new double[Baselines];
        for (var i = 0; i < Baselines; i++)
        {
            var fit = TimeBetweenBaseline.Estimate(Enumerable.Range(0, 60).Select(_ => 5 * Math.Pow(-Math.Log(1 - random.NextDouble()), 1 / shape)), model, out _)!;
            rates[i] = 1 / RunLength.Of(Budgeted, score => 1 - Math.Exp(-Math.Pow(fit.Line(score) / 5, shape))).Mean;
        }

        Assert.InRange(rates.Count(rate => rate > band.Low && rate < band.High), (int)(0.83 * Baselines), (int)(0.97 * Baselines));
        var error = Math.Sqrt(rates.Sum(rate => Math.Pow(rate - rates.Average(), 2))) / Baselines;
        Assert.Equal(rates.Average(), band.Expected, tolerance: (4 * error) + (0.03 * band.Expected));
    }

    [Fact]
    public void Events_that_come_twice_as_often_are_seen_as_often_as_their_times_lie_beyond_the_lines()
    {
        var baseline = new TimeBetweenBaseline { Model = TimeBetweenModel.Weibull, Scale = 40, Shape = 0.8, Times = 100 };
        var random = new Random(92);

        var points = BetweenOutlook.Of(baseline).Delay(OneRule, 0.1).Rules!.Value;

        FalseAlarms.Are(1 / points, 200_000, () =>
        {
            var time = 4 * Math.Pow(-Math.Log(1 - random.NextDouble()), 1 / 0.8);
            return time < baseline.Line(-3) || time > baseline.Line(3);
        });
    }

    [Fact]
    public void Gaps_in_units_have_the_alarms_of_their_geometric_distribution()
    {
        var baseline = new UnitsBetweenBaseline { Mean = 5_000, Gaps = 2_000_000 };
        var (below, above) = (GeometricLimits.Below(baseline.Probability, baseline.Line(-3) + 0.5), GeometricLimits.Above(baseline.Probability, baseline.Line(3) - 0.5));

        var outlook = BetweenOutlook.Of(baseline);

        Assert.Equal(below + above, outlook.FalseAlarms(OneRule, 1).Expected, tolerance: 0.01 * (below + above));
        Assert.True(outlook.Delay(OneRule, 0.05).Rules < outlook.Delay(OneRule, 0.5).Rules);
        Assert.True(BetweenOutlook.Of(baseline with { Gaps = 30 }).FalseAlarms(OneRule, 1).High > outlook.FalseAlarms(OneRule, 1).High);
    }

    [Fact]
    public void The_score_of_a_shifted_median_is_that_of_its_line()
    {
        var baseline = new TimeBetweenBaseline { Model = TimeBetweenModel.Weibull, Scale = 40, Shape = 1.4, Times = 100 };

        Assert.Equal(-1.3, BetweenOutlook.Of(baseline).Score(baseline.Line(-1.3) / baseline.Line(0)), precision: 6);
    }

    [Fact]
    public void Means_of_subgroups_have_the_alarms_of_lines_that_were_estimated()
    {
        var random = new Random(93);
        const int Baselines = 150;
        var rates = new double[Baselines];
        for (var i = 0; i < Baselines; i++)
        {
            var values = Enumerable.Range(0, 40).Select(_ => Subgroup.Of([.. Enumerable.Range(0, 5).Select(_ => Normal.Sample(random, 0, 1))])).ToArray();
            var fit = SubgroupBaseline.Estimate(values, SubgroupSpread.Deviation, out _)!;
            rates[i] = Normal.CDF(0, 1, fit.MeanLine(-3, 5) * Math.Sqrt(5)) + Normal.CDF(0, 1, -fit.MeanLine(3, 5) * Math.Sqrt(5));
        }

        var outlook = new SubgroupOutlook(new SubgroupBaseline { Spread = SubgroupSpread.Deviation, Centre = 0, Sigma = 1, Subgroups = 40, Values = 200, Dispersion = 1 });
        var band = outlook.FalseAlarms(OneRule, 1);

        Assert.InRange(rates.Count(rate => rate > band.Low && rate < band.High), (int)(0.83 * Baselines), (int)(0.97 * Baselines));
        var error = Math.Sqrt(rates.Sum(rate => Math.Pow(rate - rates.Average(), 2))) / Baselines;
        Assert.Equal(rates.Average(), band.Expected, tolerance: (4 * error) + (0.03 * band.Expected));
        Assert.Equal(1 / (Normal.CDF(0, 1, -2) + Normal.CDF(0, 1, -4)), outlook.Delay(OneRule, 1 / Math.Sqrt(5), 5).Rules!.Value, tolerance: 1e-6);
    }
}

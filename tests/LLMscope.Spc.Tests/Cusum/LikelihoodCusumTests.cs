using LLMscope.Spc.Attributes;
using LLMscope.Spc.Cusum;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Tests.Cusum;

public class LikelihoodCusumTests
{
    [Fact]
    public void A_step_is_the_logarithm_of_the_likelihood_ratio()
    {
        var binomial = LikelihoodStep.Binomial(0.03, 0.6);
        var poisson = LikelihoodStep.Poisson(0.2, -0.4);

        Assert.Equal(0.6, Math.Log(binomial.To / (1 - binomial.To) / (0.03 / 0.97)), precision: 12);
        foreach (var (size, events) in ((int, int)[])[(10, 0), (10, 3), (250, 11)])
        {
            Assert.Equal(Binomial.PMFLn(binomial.To, size, events) - Binomial.PMFLn(0.03, size, events), binomial.Of(events, size), precision: 9);
            Assert.Equal(Poisson.PMFLn(poisson.To * size, events) - Poisson.PMFLn(0.2 * size, events), poisson.Of(events, size), precision: 9);
        }
    }

    [Theory]
    [InlineData(1, 1.5, 5)]
    [InlineData(4, 5, 8)]
    [InlineData(0.25, 0.5, 4)]
    public void For_points_of_one_size_its_run_length_is_that_of_the_exact_chain_of_a_CUSUM_of_counts(double mean, double k, double h)
    {
        // The likelihood ratio is the count less k, times a factor. Sums lie on halves, so that a threshold a quarter higher is the same one.
        var exact = CountCusumRunLength.PoissonMean(new CountCusumParameters(k, h), mean);
        var factor = MathNet.Numerics.RootFinding.Brent.FindRoot(d => (mean * (Math.Exp(d) - 1) / d) - k, 1e-3, 5);
        var cusum = new LikelihoodCusum(LikelihoodStep.Poisson(mean, factor), null, (h + 0.25) * factor, double.PositiveInfinity, double.PositiveInfinity, 0);

        Assert.Equal(exact, LikelihoodCusumRunLength.Mean(cusum, CountProcess.Poisson(mean), PointSizes.One(1)), tolerance: 0.03 * exact);
    }

    [Theory]
    [InlineData(0.02, 0.02)]
    [InlineData(0.02, 0.04)]
    [InlineData(0.3, 0.24)]
    [InlineData(0.003, 0.003)]
    public void The_run_length_for_points_of_different_sizes_is_that_of_simulated_ones(double usual, double rate)
    {
        var cusum = new LikelihoodCusum(LikelihoodStep.Binomial(usual, 0.4), LikelihoodStep.Binomial(usual, -0.4), 3.2, 1.6, 4.8, 0);
        var sizes = PointSizes.Of([(20, 1), (60, 2), (150, 1)]);
        var random = new Random(71);
        const int Runs = 2_000;
        double sum = 0, squares = 0;
        for (var run = 0; run < Runs; run++)
        {
            var memory = default(CusumMemory);
            var points = 0;
            while (true)
            {
                points++;
                var size = random.Next(4) switch { 0 => 20, 3 => 150, _ => 60 };
                if (cusum.Step(ref memory, Binomial.Sample(random, rate, size), size).Signal != Direction.None)
                    break;
            }

            sum += points;
            squares += (double)points * points;
        }

        var mean = sum / Runs;
        var error = Math.Sqrt(((squares / Runs) - (mean * mean)) / Runs);
        Assert.Equal(mean, LikelihoodCusumRunLength.Mean(cusum, CountProcess.Binomial(rate), sizes), tolerance: (4 * error) + (0.02 * mean));
    }

    [Fact]
    public void A_lasting_change_is_dated_and_one_wild_point_is_none()
    {
        var cusum = new LikelihoodCusum(LikelihoodStep.Binomial(0.02, 0.6), LikelihoodStep.Binomial(0.02, -0.6), 3, 1.5, 4.5, 0);
        var memory = default(CusumMemory);

        Assert.Equal(Direction.None, cusum.Step(ref memory, 90, 100).Signal);
        for (var i = 0; i < 4; i++)
            cusum.Step(ref memory, 0, 100);
        Assert.Equal(0, memory.Upper);
        var last = default(CusumPoint);
        for (var i = 0; i < 20 && last.Signal == Direction.None; i++)
            last = cusum.Step(ref memory, 5, 100);

        Assert.Equal(Direction.Up, last.Signal);
        Assert.Equal(memory.UpperPoints - 1, last.ChangeBegan);
        Assert.True(last.Upper <= cusum.Cap);
        memory = default;
        for (var i = 0; i < 30; i++)
            last = cusum.Step(ref memory, 0, 100);
        Assert.Equal(Direction.Down, last.Signal);
    }

    [Theory]
    [InlineData(2_000, 40, 50, 5_000)]
    [InlineData(500, 5, 20, 2_000)]
    [InlineData(500, 0, 20, 2_000)]
    [InlineData(100_000, 90_000, 400, 20_000)]
    public void The_threshold_keeps_its_share_of_the_budget_at_the_bounds_and_for_sizes_that_vary(long units, long events, double size, double points)
    {
        var process = PlausibleCounts.Of(new ProportionBaseline { Units = units, Events = events, Subgroups = 25 }, AttributeLimits.Exact);

        var counts = CountDesign.WithSum(new Detection { Alerting = RuleSet.R1 | RuleSet.Cusum }, process, size, points).Counts!;

        Assert.Equal(events == 0, counts.Fall is null);
        var rate = LikelihoodCusumRunLength.Rate(counts.Rise, counts.H, counts.Most, process.Most, PointSizes.One(size))
            + LikelihoodCusumRunLength.Rate(counts.Fall, counts.H, counts.Most, process.Least, PointSizes.One(size));
        Assert.Equal(1, rate * points, tolerance: 0.1);

        var varying = PointSizes.Of([((int)(size / 2), 1), ((int)size, 1), ((int)(size * 3 / 2), 1)]);
        Assert.InRange(points / LikelihoodCusumRunLength.Mean(counts, process.Estimated, varying), 0, 1.3);
    }

    [Theory]
    [InlineData(0.02, 60)]
    [InlineData(0.004, 60)]
    [InlineData(0.9, 30)]
    public void Nearly_all_baselines_keep_their_share_of_the_budget(double probability, int size)
    {
        const int Baselines = 100;
        const double Points = 10_000;
        var random = new Random(72);
        var kept = 0;
        for (var i = 0; i < Baselines; i++)
        {
            var units = 25 * size;
            var process = PlausibleCounts.Of(
                new ProportionBaseline { Units = units, Events = Binomial.Sample(random, probability, units), Subgroups = 25 }, AttributeLimits.Exact);
            var counts = CountDesign.WithSum(new Detection { Alerting = RuleSet.Cusum }, process, size, Points).Counts!;
            kept += LikelihoodCusumRunLength.Mean(counts, CountProcess.Binomial(probability), PointSizes.One(size)) > 0.95 * Points ? 1 : 0;
        }

        Assert.InRange(kept, (int)(0.82 * Baselines), Baselines);
    }

    [Fact]
    public void Counts_that_vary_by_more_than_chance_are_summed_as_scores()
    {
        var baseline = new ProportionBaseline { Units = 10_000, Events = 2_000, Subgroups = 50, Dispersion = 2 };
        var process = PlausibleCounts.Of(baseline, AttributeLimits.Laney);

        var detection = CountDesign.WithSum(new Detection { Alerting = RuleSet.R1 | RuleSet.Cusum }, process, 200, 10_000);

        Assert.Null(detection.Counts);
        Assert.Equal((0.5, 4), (detection.Cusum!.K, detection.ScoreClip));
        var outlook = new CountOutlook(process, PointSizes.One(200), _ => k => (baseline.Line(k, 200, AttributeLimits.Laney) * 200));
        var sums = outlook.FalseAlarms(detection with { Alerting = RuleSet.Cusum }, 10_000);
        Assert.InRange(sums.Expected, 0.8, 1.25);
        Assert.True(outlook.Delay(detection, 0.24).Cusum < outlook.Delay(detection, 0.22).Cusum);
    }
}

using LLMscope.Spc.Explanations;
using LLMscope.Spc.Rules;
using LLMscope.Spc.Tests.Individuals;

namespace LLMscope.Spc.Tests.Explanations;

public class ChangeSearchTests
{
    private const int Before = 100;

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

    private static double[] Shifted(int seed, double shift, int after)
        => [.. NormalSample.Of(Before, 2 * seed), .. NormalSample.Of(after, (2 * seed) + 1, mean: shift)];

    private static (int At, Direction Direction)? FirstSignal(double[] scores)
    {
        var judge = new NelsonRules(ZoneLimits.Symmetric(0, 1), RuleSet.R1 | RuleSet.R2 | RuleSet.R5 | RuleSet.R6);
        for (var i = 0; i < scores.Length; i++)
        {
            if (judge.Judge(scores[i]) is { Any: true } signals)
                return (i, signals.Upward != RuleSet.None ? Direction.Up : Direction.Down);
        }

        return null;
    }
}

using LLMscope.Spc.Comparison;
using LLMscope.Spc.Tests.Individuals;

namespace LLMscope.Spc.Tests.Comparison;

public class PeriodComparisonTests
{
    private static readonly double[] Slow = Latencies(1_000, seed: 1, median: 1.2);
    private static readonly double[] Fast = Latencies(1_000, seed: 2, median: 1.0);

    [Fact]
    public void A_slower_period_is_told_with_its_numbers()
    {
        var comparison = PeriodComparison.Compare(Fast, Slow, new(1_000, 5), new(1_000, 40));

        Assert.Equal(ComparisonFindings.MedianRose | ComparisonFindings.TailRose | ComparisonFindings.ErrorsRose, comparison.Findings);
        Assert.Equal(1.2, comparison.Median.Ratio.Value, tolerance: 0.1);
        Assert.True(comparison.Ranks.P < 1e-6);
    }

    [Fact]
    public void Swapping_the_periods_mirrors_the_findings()
    {
        var comparison = PeriodComparison.Compare(Slow, Fast, new(1_000, 40), new(1_000, 5));

        Assert.Equal(ComparisonFindings.MedianFell | ComparisonFindings.TailFell | ComparisonFindings.ErrorsFell, comparison.Findings);
    }

    [Fact]
    public void Enough_equal_values_show_that_nothing_changed()
    {
        var comparison = PeriodComparison.Compare(
            Latencies(20_000, seed: 3, median: 1), Latencies(20_000, seed: 4, median: 1), new(20_000, 100), new(20_000, 105));

        Assert.Equal(ComparisonFindings.MedianUnchanged | ComparisonFindings.TailUnchanged | ComparisonFindings.ErrorsUnchanged, comparison.Findings);
    }

    [Fact]
    public void A_sure_change_that_does_not_matter_is_no_rise()
    {
        var comparison = PeriodComparison.Compare(Latencies(20_000, seed: 3, median: 1), Latencies(20_000, seed: 4, median: 1.03));

        Assert.True(comparison.Ranks.P < 0.001);
        Assert.False(comparison.Findings.HasFlag(ComparisonFindings.MedianRose));
    }

    [Fact]
    public void The_tail_can_rise_alone()
    {
        var heavy = Latencies(4_000, seed: 5, median: 1);
        for (var i = 0; i < heavy.Length; i += 12)
            heavy[i] *= 5;

        var findings = PeriodComparison.Compare(Latencies(4_000, seed: 6, median: 1), heavy).Findings;

        Assert.True(findings.HasFlag(ComparisonFindings.TailRose));
        Assert.False(findings.HasFlag(ComparisonFindings.MedianRose));
    }

    [Fact]
    public void Few_values_leave_the_tail_unjudged()
    {
        var comparison = PeriodComparison.Compare(Latencies(40, seed: 1, median: 1), Latencies(40, seed: 2, median: 3));

        Assert.Equal(ComparisonFindings.MedianRose | ComparisonFindings.TooFewValues, comparison.Findings);
    }

    [Fact]
    public void Dependent_values_are_marked()
        => Assert.True(PeriodComparison.Compare(Dependent(1), Fast).Findings.HasFlag(ComparisonFindings.Autocorrelated));

    [Fact]
    public void Dependence_raises_no_false_alarm_of_the_ranks()
    {
        int aware = 0, unaware = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var (before, after) = (Dependent(2 * seed), Dependent((2 * seed) + 1));
            aware += MannWhitney.Compare(before, after, variance: RankVariance.Of(before, after)).P < 0.05 ? 1 : 0;
            unaware += MannWhitney.Compare(before, after).P < 0.05 ? 1 : 0;
        }

        Assert.InRange(aware, 5, 28); // 15 expected
        Assert.True(unaware > 60, $"{unaware}");
    }

    [Fact]
    public void The_line_names_what_rose_by_how_much_and_how_surely()
    {
        var (before, after) = (Enumerable.Range(1, 200).Select(i => i / 100.0).ToArray(), Enumerable.Range(1, 200).Select(i => i / 50.0).ToArray());
        var options = new ComparisonOptions { Bootstrap = new BootstrapOptions { BlockLength = 1 } };

        var line = ComparisonText.Describe(PeriodComparison.Compare(before, after, new(400, 2), new(400, 20), options), value => $"{value:0.00} s");

        Assert.Matches(
            @"^Median rose from 1\.01 s to 2\.01 s, \+100 % \([\d.]+ to [\d.]+ %\); p95 rose from 1\.90 s to 3\.80 s, \+100 % \([\d.]+ to [\d.]+ %\); "
            + @"errors rose from 0\.5 % to 5 %, \+4\.5 points \([\d.]+ to [\d.]+\)\.$",
            line);
    }

    [Fact]
    public void The_line_says_so_where_nothing_can_be_told()
    {
        Assert.Equal("Median has no values to compare; p95 has no values to compare; too few values to judge every part.",
            ComparisonText.Describe(PeriodComparison.Compare([], []), value => $"{value}"));
        Assert.StartsWith("Median is undecided, from ", ComparisonText.Describe(PeriodComparison.Compare([1, 2, 3], [2, 3, 4]), value => $"{value} s"));
    }

    private static double[] Dependent(int seed)
    {
        var values = NormalSample.Of(500, seed);
        for (var i = 1; i < values.Length; i++)
            values[i] += 0.6 * values[i - 1];
        return values;
    }

    private static double[] Latencies(int count, int seed, double median)
        => [.. NormalSample.Of(count, seed).Select(score => median * Math.Exp(0.4 * score))];
}

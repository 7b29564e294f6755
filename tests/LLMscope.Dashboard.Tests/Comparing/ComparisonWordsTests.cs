using LLMscope.Dashboard.Comparing;
using LLMscope.Spc;
using LLMscope.Spc.Comparison;

namespace LLMscope.Dashboard.Tests.Comparing;

public class ComparisonWordsTests
{
    [Theory]
    [InlineData(ComparisonFindings.MedianRose, true, "worse")]
    [InlineData(ComparisonFindings.MedianRose, false, "better")]
    [InlineData(ComparisonFindings.TailFell, true, "better")]
    [InlineData(ComparisonFindings.TailFell, false, "worse")]
    [InlineData(ComparisonFindings.ErrorsRose, true, "worse")]
    [InlineData(ComparisonFindings.ErrorsRose, false, "worse")]
    [InlineData(ComparisonFindings.MedianFell | ComparisonFindings.TailRose, true, "mixed")]
    [InlineData(ComparisonFindings.MedianFell | ComparisonFindings.ErrorsRose, true, "mixed")]
    [InlineData(ComparisonFindings.MedianUnchanged | ComparisonFindings.TailUnchanged, true, "unchanged")]
    [InlineData(ComparisonFindings.MedianUnchanged | ComparisonFindings.TooFewValues, true, "undecided")]
    [InlineData(ComparisonFindings.None, true, "undecided")]
    public void The_verdict_follows_from_the_findings_and_from_what_is_bad_news(ComparisonFindings findings, bool higherIsWorse, string verdict) =>
        Assert.Equal(verdict, ComparisonWords.Verdict(findings, higherIsWorse));

    [Fact]
    public void A_change_is_a_percentage_with_its_interval_and_without_a_ratio_in_the_unit()
    {
        var change = QuantileChange.Between([1, 1, 1, 1], [1.5, 1.5, 1.5, 1.5], 0.5);
        var crossing = QuantileChange.Between([-1, -1, -1, -1], [1, 1, 1, 1], 0.5);

        Assert.Equal("+50 % (+50 to +50 %)", ComparisonWords.Change(change, "s"));
        Assert.Equal("+2.00 s (+2.00 s to +2.00 s)", ComparisonWords.Change(crossing, "s"));
        Assert.Equal("not known", ComparisonWords.Change(QuantileChange.Between([], [1], 0.5), "s"));
        Assert.Equal("−1.5 (−2 to +0.25) points", ComparisonWords.Points(new Estimate(-0.015, -0.02, 0.0025)));
    }

    [Theory]
    [InlineData(0.1, "negligible")]
    [InlineData(-0.2, "small")]
    [InlineData(0.4, "medium")]
    [InlineData(-0.9, "large")]
    public void The_size_of_an_effect_has_a_name(double delta, string name) => Assert.Equal(name, ComparisonWords.Size(delta));
}

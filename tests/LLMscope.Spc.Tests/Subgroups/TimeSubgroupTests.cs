using LLMscope.Spc.Subgroups;
using LLMscope.Spc.Tests.Individuals;

namespace LLMscope.Spc.Tests.Subgroups;

public class TimeSubgroupTests
{
    [Fact]
    public void Under_the_logarithm_the_statistic_is_the_geometric_mean()
    {
        var subgroup = Collect(Transform.Log, [1, 2, 4]);

        Assert.Equal(2, subgroup.Statistic, precision: 12);
        Assert.Equal(Math.Log(2) * Math.Log(2), subgroup.WithinVariance, precision: 12);
        Assert.Equal(3, subgroup.Count);
    }

    [Fact]
    public void Without_a_transform_it_is_the_arithmetic_mean()
    {
        var subgroup = Collect(Transform.None, [2, 4, 9]);

        Assert.Equal(5, subgroup.Statistic, precision: 12);
        Assert.Equal(13, subgroup.WithinVariance, precision: 12);
    }

    [Fact]
    public void The_summary_holds_mean_range_and_deviation_on_the_scale_also_after_a_merge()
    {
        var whole = Collect(Transform.Log, [4, 1, 2, 16]).Summary;
        var left = Collect(Transform.Log, [4, 1]);
        left.Merge(Collect(Transform.Log, [2, 16]));

        Assert.Equal(4, whole.Size);
        Assert.Equal(1.75 * Math.Log(2), whole.Mean, precision: 12);
        Assert.Equal(Math.Log(16), whole.Range, precision: 12);
        Assert.Equal(whole.Range, left.Summary.Range, precision: 12);
        Assert.Equal(whole.Deviation, left.Summary.Deviation, precision: 12);
        Assert.Equal(0, new TimeSubgroup(Transform.Log).Summary.Size);
    }

    [Fact]
    public void Nothing_collected_is_a_missing_value_and_one_value_has_no_variance()
    {
        Assert.True(double.IsNaN(new TimeSubgroup(Transform.Log).Statistic));
        Assert.True(double.IsNaN(Collect(Transform.Log, [3]).WithinVariance));
    }

    [Fact]
    public void A_value_without_a_logarithm_is_refused_and_changes_nothing()
    {
        var subgroup = Collect(Transform.Log, [3]);

        Assert.False(subgroup.TryAdd(0));
        Assert.False(subgroup.TryAdd(double.NaN));
        Assert.Equal(1, subgroup.Count);
        Assert.Equal(3, subgroup.Statistic, precision: 12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(100)]
    public void Merged_parts_equal_the_whole(int cut)
    {
        // A large offset would destroy the variance if sums of squares were kept instead.
        var values = NormalSample.Of(100, seed: 1, mean: 1e8, sigma: 1e-2);
        var whole = Collect(Transform.None, values);

        var merged = Collect(Transform.None, values[..cut]);
        merged.Merge(Collect(Transform.None, values[cut..]));

        Assert.Equal(whole.Count, merged.Count);
        Assert.Equal(whole.Statistic, merged.Statistic, tolerance: 1e-6);
        Assert.Equal(whole.WithinVariance, merged.WithinVariance, tolerance: 1e-8);
        Assert.Equal(1e-4, merged.WithinVariance, tolerance: 5e-5);
    }

    private static TimeSubgroup Collect(Transform transform, double[] values)
    {
        var subgroup = new TimeSubgroup(transform);
        Assert.All(values, value => Assert.True(subgroup.TryAdd(value)));
        return subgroup;
    }
}

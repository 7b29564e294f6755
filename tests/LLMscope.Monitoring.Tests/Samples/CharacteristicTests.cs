using LLMscope.Monitoring.Samples;

namespace LLMscope.Monitoring.Tests.Samples;

public class CharacteristicTests
{
    [Theory]
    [InlineData("cache_hit_ratio", "1", false)]
    [InlineData("prefix_cache_hit_rate", "1", false)]
    [InlineData("draft_acceptance_ratio", "1", false)]
    [InlineData("abort_ratio", "1", true)]
    [InlineData("kv_cache_utilization", "1", true)]
    [InlineData("queue_time", "s", true)]
    [InlineData("served_requests", "{request}/s", false)]
    public void More_of_what_a_user_named_is_worse_unless_its_name_or_unit_says_better(string name, string unit, bool isWorse) =>
        Assert.Equal(isWorse, Characteristic.Custom(name, Unit.TryFind(unit, out var known) ? known : Unit.Ratio).HigherIsWorse);

    [Theory]
    [InlineData(Characteristic.Duration, true)]
    [InlineData(Characteristic.Error, true)]
    [InlineData(Characteristic.Cost, true)]
    [InlineData("quality_score", false)]
    [InlineData(Characteristic.TokensPerSecond, false)]
    public void More_of_time_errors_and_cost_is_worse_and_more_throughput_or_quality_better(string name, bool isWorse) =>
        Assert.Equal(isWorse, Characteristic.Find(name)!.HigherIsWorse);
}

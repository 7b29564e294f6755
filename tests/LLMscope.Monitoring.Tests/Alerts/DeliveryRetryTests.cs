using LLMscope.Monitoring.Alerts;

namespace LLMscope.Monitoring.Tests.Alerts;

public class DeliveryRetryTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    [InlineData(9, 1_280)]
    [InlineData(10, 1_800)]
    [InlineData(1_000, 1_800)]
    public void The_longest_wait_doubles_up_to_half_an_hour(int attempts, double seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), DeliveryRetry.Wait(attempts, chance: 1));
        Assert.Equal(TimeSpan.Zero, DeliveryRetry.Wait(attempts, chance: 0));
    }

    [Theory]
    [InlineData(-5, 1)]
    [InlineData(0, 1)]
    [InlineData(30, 30)]
    [InlineData(100_000, 3_600)]
    public void Patience_is_heard_within_reason(double asked, double granted) =>
        Assert.Equal(TimeSpan.FromSeconds(granted), DeliveryRetry.Bounded(TimeSpan.FromSeconds(asked)));
}

using LLMscope.Dashboard.Charts;

namespace LLMscope.Dashboard.Tests.Charts;

public class TimeWindowTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("6h", 6)]
    [InlineData("7d", 168)]
    [InlineData(null, 1)]
    [InlineData("rubbish", 1)]
    public void A_named_window_ends_now_and_the_usual_one_is_an_hour(string? name, int hours)
    {
        var window = TimeWindow.Of(name, null, null, Now);

        Assert.Equal(Now.UtcDateTime, window.To);
        Assert.Equal(TimeSpan.FromHours(hours), window.To - window.From);
        Assert.True(window.FollowsNow);
    }

    [Fact]
    public void Two_times_are_taken_as_UTC_and_do_not_follow_the_present()
    {
        var window = TimeWindow.Of("6h", "2026-01-01T07:00", "2026-01-01T10:00:00+02:00", Now);

        Assert.Equal(new TimeWindow(new DateTime(2026, 1, 1, 7, 0, 0, DateTimeKind.Utc), new DateTime(2026, 1, 1, 8, 0, 0, DateTimeKind.Utc), null), window);
        Assert.False(window.FollowsNow);

    }

    [Fact]
    public void Times_in_the_wrong_order_show_the_last_hour() =>
        Assert.Equal("1h", TimeWindow.Of(null, "2026-01-02T10:00", "2026-01-02T09:00", Now).Name);

    [Fact]
    public void The_address_of_a_window_gives_the_same_window()
    {
        var window = new TimeWindow(Now.UtcDateTime.AddHours(-3), Now.UtcDateTime, null);
        var parts = System.Web.HttpUtility.ParseQueryString(window.Address);

        Assert.Equal(window, TimeWindow.Of(parts["window"], parts["from"], parts["to"], Now));
    }
}

using LLMscope.Dashboard.Layout;

namespace LLMscope.Dashboard.Tests.Layout;

public class TimeTextTests
{
    [Theory]
    [InlineData(0.25, "250 ms")]
    [InlineData(42, "42 s")]
    [InlineData(250, "4 min 10 s")]
    [InlineData(3_600, "1 h")]
    [InlineData(100_000, "1 d 3 h")]
    [InlineData(-1, "0 ms")]
    public void A_duration_has_at_most_two_parts(double seconds, string text) => Assert.Equal(text, TimeText.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_time_says_that_it_is_UTC() => Assert.Equal("2026-01-01 00:00:00 UTC", TimeText.Utc(TestBoard.Start));
}

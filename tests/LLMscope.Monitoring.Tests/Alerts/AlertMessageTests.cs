using LLMscope.Monitoring.Alerts;
using LLMscope.Monitoring.Samples;
using LLMscope.Spc;

namespace LLMscope.Monitoring.Tests.Alerts;

public class AlertMessageTests
{
    [Fact]
    public void A_beginning_says_what_happened_how_far_and_why()
    {
        var message = Messages.Of(Notices.Opened(Guid.NewGuid()));

        Assert.Equal("Duration of gpt-4o · openai is high: 850 ms, centre 400 ms", message.Title);
        Assert.Contains(("Why", "R1: 1 point beyond 3 sigma"), message.Facts);
        Assert.Contains(("Since", "2026-03-02 12:03:00 UTC"), message.Facts);
        Assert.Contains(("Baseline", "version 3, 240 points"), message.Facts);
    }

    [Theory]
    [InlineData("back in control", "Duration of gpt-4o · openai is back in control")]
    [InlineData("ann", "Duration of gpt-4o · openai was resolved by ann")]
    public void An_end_says_what_ended_it(string by, string title)
    {
        var message = Messages.Of(Notices.Resolved(Guid.NewGuid()) with { ResolvedBy = by });

        Assert.Equal(title, message.Title);
        Assert.Contains(("Farthest value", "910 ms over 4 signals"), message.Facts);
    }

    [Fact]
    public void An_end_that_tells_the_beginning_too_has_both_times() => Assert.Equal(
        "Duration of gpt-4o · openai is back in control: opened 12:03, resolved 12:11",
        Messages.Of(Notices.Resolved(Guid.NewGuid()), tellsOpening: true).Title);

    [Fact]
    public void The_demonstration_is_marked() =>
        Assert.StartsWith("[DEMO] ", Messages.Of(Notices.Opened(Guid.NewGuid(), new Source(Model: "gpt-4o", Demo: true))).Title, StringComparison.Ordinal);

    [Fact]
    public void A_signal_without_a_side_is_neither_high_nor_low() => Assert.Contains(
        "is out of control", Messages.Of(Notices.Opened(Guid.NewGuid()) with { Direction = Direction.None }).Title, StringComparison.Ordinal);

    [Fact]
    public void Several_characteristics_together_are_not_high_but_say_which_has_to_do_with_it()
    {
        var message = Messages.Of(Notices.Opened(Guid.NewGuid()) with { Unit = "{T2}", Value = 34.26, Centre = 2.1, Parts = "time to first token +3.1 sd, duration as usual" });

        Assert.Equal("Duration of gpt-4o · openai is not as in its baseline: 34.3, centre 2.1", message.Title);
        Assert.Contains(("Characteristics", "time to first token +3.1 sd, duration as usual"), message.Facts);
    }

    [Theory]
    [InlineData("s", 0.85, 0.85, "850 ms")]
    [InlineData("s", 1.42, 1.42, "1.42 s")]
    [InlineData("s", 1.42, 0.4, "0.4 s")]
    [InlineData("s", 90, 90, "1.5 min")]
    [InlineData("s", 0.000012, 0.000012, "12 µs")]
    [InlineData("s", 0, 0, "0 s")]
    [InlineData("By", 17179869184, 17179869184, "16 GiB")]
    [InlineData("1", 0.0412, 0.0412, "4.12 %")]
    [InlineData("{token}/s", 35.27, 35.27, "35.3 tokens/s")]
    [InlineData("{T2}", 34.26, 34.26, "34.3")]
    [InlineData("USD", 0.00123, 0.00123, "0.00123 USD")]
    [InlineData("Cel", 71.26, 71.26, "71.3 °C")]
    [InlineData("s", 12345678, 12345678, "3429 h")]
    public void Values_are_told_in_a_handy_unit_with_three_digits(string unit, double largest, double value, string text) =>
        Assert.Equal(text, new Quantity(unit, largest).Text(value));
}

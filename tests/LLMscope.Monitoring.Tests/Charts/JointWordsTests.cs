using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Monitoring.Tests.Charts;

public class JointWordsTests
{
    private static readonly string[] Names = [Characteristic.Duration, Characteristic.TimeToFirstToken, "queue_length"];

    [Fact]
    public void What_contributes_most_comes_first_and_what_is_usual_is_said_to_be() => Assert.Equal(
        "time to first token +3.1 sd, duration as usual, queue length -1.5 sd",
        JointWords.Of(Point([8.9, 40, 2], [-0.4, 3.14, -1.5], 44), Names));

    [Fact]
    public void Ordinary_values_that_do_not_go_together_are_not_called_usual() => Assert.Equal(
        "time to first token -0.9 sd, unusual beside the others, duration +0.8 sd, unusual beside the others, queue length as usual",
        JointWords.Of(Point([30, 31, 0.2], [0.8, -0.9, 0.1], 32), Names));

    [Fact]
    public void A_point_that_was_not_judged_tells_nothing() => Assert.Null(
        JointWords.Of(Point([1, 1, 1], [1, 1, 1], 3) with { Joint = new JointVector([1, 2, 3]) }, Names));

    [Theory]
    [InlineData("cpu_utilization", "CPU use")]
    [InlineData("duration", "duration")]
    [InlineData("queue_length", "queue length")]
    public void Titles_stand_inside_a_sentence(string name, string title) => Assert.Equal(title, JointWords.TitleOf(name));

    private static ChartPoint Point(double[] contributions, double[] deviations, double t2) =>
        new(101, new DateTime(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc), t2, 1, null, PointPhase.Judged, false, 1, 2, 0, 20, default, 1)
        {
            Joint = new JointVector([0, 0, 0]) { Contributions = contributions, Deviations = deviations },
        };
}

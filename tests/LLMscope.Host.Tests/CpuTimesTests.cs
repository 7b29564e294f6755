namespace LLMscope.Host.Tests;

public class CpuTimesTests
{
    // Made on Linux, one second apart, the rest of the file cut.
    private const string First = """
        cpu  1000 50 300 8000 200 0 10 5 700 0
        cpu0 500 25 150 4000 100 0 5 3 350 0
        intr 12345
        """;

    private const string Second = "cpu  1040 50 320 8130 210 0 10 5 720 0\ncpu0 520 25 160 4065 105 0 5 3 360 0\n";

    [Fact]
    public void Idle_time_and_waiting_for_disks_are_not_busy_and_guests_count_once()
    {
        Assert.Equal(new CpuTimes(1365, 9565), CpuTimes.Parse(First));
    }

    [Fact]
    public void Utilization_is_the_busy_share_of_the_time_between_two_readings()
    {
        var utilization = CpuTimes.Parse(Second)!.Value.UtilizationSince(CpuTimes.Parse(First)!.Value);

        Assert.Equal(60.0 / 200, utilization!.Value, precision: 12);
    }

    [Fact]
    public void Without_time_between_two_readings_there_is_no_utilization()
    {
        var reading = CpuTimes.Parse(First)!.Value;

        Assert.Null(reading.UtilizationSince(reading));
        Assert.Null(reading.UtilizationSince(CpuTimes.Parse(Second)!.Value));
    }

    [Fact]
    public void Idle_time_that_the_kernel_takes_back_leaves_a_ratio() =>
        Assert.Equal(1, new CpuTimes(110, 205).UtilizationSince(new CpuTimes(100, 200)));

    [Theory]
    [InlineData("")]
    [InlineData("cpu0 500 25 150 4000 100 0 5 3 350 0")]
    [InlineData("cpu  500 25")]
    [InlineData("cpu  a b c d")]
    [InlineData("cpu  1 2 3 -4")]
    public void What_is_not_a_reading_is_none(string text) => Assert.Null(CpuTimes.Parse(text));
}

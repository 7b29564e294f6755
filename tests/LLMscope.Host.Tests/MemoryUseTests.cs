namespace LLMscope.Host.Tests;

public class MemoryUseTests
{
    [Fact]
    public void Memory_that_is_not_available_is_used()
    {
        var memory = MemoryUse.OfMachine("MemTotal:        8000000 kB\nMemFree:          500000 kB\nMemAvailable:    6000000 kB\nBuffers: 1 kB\n");

        Assert.Equal(new MemoryUse(2_000_000L * 1024, 8_000_000L * 1024), memory);
        Assert.Equal(0.25, memory!.Value.Utilization);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MemTotal: 8000000 kB\nMemFree: 500000 kB\n")]
    [InlineData("MemTotal: 0 kB\nMemAvailable: 0 kB\n")]
    [InlineData("MemTotal: many kB\nMemAvailable: 5 kB\n")]
    [InlineData("MemTotal: 5 kB\nMemAvailable: 6 kB\n")]
    public void What_does_not_tell_both_is_no_reading(string text) => Assert.Null(MemoryUse.OfMachine(text));

    [Fact]
    public void A_container_does_not_use_what_its_kernel_can_drop() =>
        Assert.Equal(new MemoryUse(700, 1000), MemoryUse.OfContainer("1000\n", "900\n", "anon 500\nfile 300\nactive_file 100\ninactive_file 200\n"));

    [Theory]
    [InlineData("max\n", "900\n")]
    [InlineData("1000\n", "")]
    public void A_container_without_limit_or_use_is_no_reading(string max, string current) =>
        Assert.Null(MemoryUse.OfContainer(max, current, "inactive_file 200\n"));
}

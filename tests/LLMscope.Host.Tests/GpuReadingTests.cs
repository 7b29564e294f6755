namespace LLMscope.Host.Tests;

public class GpuReadingTests
{
    [Fact]
    public void Every_line_is_a_device_in_base_units()
    {
        Assert.True(GpuReading.TryParse("0, NVIDIA H100 80GB HBM3, 35, 1024, 81559, 41, 123.45\n1, NVIDIA H100 80GB HBM3, 0, 4, 81559, 29, 69.00\n", out var gpus));

        Assert.Equal(
            [
                new GpuReading(0, "NVIDIA H100 80GB HBM3", 0.35, 1024.0 * 1024 * 1024, 81559.0 * 1024 * 1024, 41, 123.45),
                new GpuReading(1, "NVIDIA H100 80GB HBM3", 0, 4.0 * 1024 * 1024, 81559.0 * 1024 * 1024, 29, 69),
            ],
            gpus);
        Assert.Equal(1024.0 / 81559, gpus[0].MemoryUtilization!.Value, precision: 12);
        Assert.Equal("GPU 0 NVIDIA H100 80GB HBM3", gpus[0].Device);
    }

    [Fact]
    public void What_a_device_cannot_tell_is_null_and_never_zero()
    {
        Assert.True(GpuReading.TryParse("0, NVIDIA GB10, [N/A], [Not Supported], [N/A], ERR!, [Unknown Error]\r\n", out var gpus));

        Assert.Equal(new GpuReading(0, "NVIDIA GB10", null, null, null, null, null), Assert.Single(gpus));
        Assert.Null(gpus[0].MemoryUtilization);
    }

    [Theory]
    [InlineData("101")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("")]
    public void A_utilization_that_cannot_be_is_null(string utilization)
    {
        Assert.True(GpuReading.TryParse($"0, A, {utilization}, 1, 0, 41, 100", out var gpus));

        Assert.Null(gpus[0].Utilization);
        Assert.Null(gpus[0].MemoryUtilization);
    }

    [Fact]
    public void A_name_may_have_commas()
    {
        Assert.True(GpuReading.TryParse("2, Acme, Model 5, 10, 1, 2, 3, 4", out var gpus));

        Assert.Equal("Acme, Model 5", gpus[0].Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("No devices were found\n")]
    [InlineData("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.\n")]
    [InlineData("0, NVIDIA A100, 35, 1024, 81559, 41, 123.45\nUnable to determine the device handle for GPU 0000:02:00.0: GPU is lost.\n")]
    public void What_speaks_of_a_fault_is_no_reading(string text) => Assert.False(GpuReading.TryParse(text, out _));
}

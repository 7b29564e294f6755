using LLMscope.Service.Telemetry;

namespace LLMscope.Service.Tests.Telemetry;

public sealed class LinuxHostTests : IDisposable
{
    private readonly TemporaryFolder _root = new();
    private readonly LinuxHost _host;

    public LinuxHostTests()
    {
        _host = new LinuxHost(_root.Path);
        _root.Write("proc/meminfo", "MemTotal: 8000 kB\nMemAvailable: 6000 kB\n");
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public void The_first_reading_of_the_processors_has_nothing_to_compare_with()
    {
        _root.Write("proc/stat", "cpu  10 0 0 90 0 0 0 0 0 0\n");
        Assert.Null(_host.ReadCpuUtilization());

        _root.Write("proc/stat", "cpu  40 0 0 160 0 0 0 0 0 0\n");
        Assert.Equal(0.3, _host.ReadCpuUtilization());
    }

    [Fact]
    public void The_limit_of_a_container_counts_where_it_is_below_the_memory_of_the_machine()
    {
        Assert.Equal(8000 * 1024, _host.ReadMemory().Total);

        _root.Write("sys/fs/cgroup/memory.max", "4096000\n");
        _root.Write("sys/fs/cgroup/memory.current", "1024000\n");
        _root.Write("sys/fs/cgroup/memory.stat", "anon 1\n");
        Assert.Equal(new MemoryUse(1_024_000, 4_096_000), _host.ReadMemory());

        _root.Write("sys/fs/cgroup/memory.max", "max\n");
        Assert.Equal(8000 * 1024, _host.ReadMemory().Total);
    }

    [Fact]
    public void A_file_that_is_not_what_it_should_be_is_a_fault()
    {
        _root.Write("proc/stat", "nonsense");
        _root.Write("proc/meminfo", "nonsense");

        Assert.Throws<InvalidDataException>(() => _host.ReadCpuUtilization());
        Assert.Throws<InvalidDataException>(() => _host.ReadMemory());
    }

    [Fact]
    public void A_real_Linux_machine_can_be_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has /proc.");
        var host = new LinuxHost("/");

        Assert.True(host.IsLinux);
        Assert.Null(host.ReadCpuUtilization());
        Assert.InRange(host.ReadMemory().Utilization, 0.001, 1);
    }
}

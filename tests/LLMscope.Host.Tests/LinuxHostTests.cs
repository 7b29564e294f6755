using LLMscope.Tests;

namespace LLMscope.Host.Tests;

public sealed class LinuxHostTests : IDisposable
{
    private readonly TemporaryFolder _root = new();
    private readonly ManualClock _clock = new();
    private readonly LinuxHost _host;

    public LinuxHostTests()
    {
        _host = new LinuxHost(_root.Path, _clock);
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
    public void Disks_are_told_once_each_by_how_full_they_are_and_by_what_went_through_them()
    {
        _root.Write("proc/mounts", "/dev/sda1 / ext4 rw 0 0\n/dev/sda1 /again ext4 rw 0 0\nproc /proc proc rw 0 0\nnas:/x /nas nfs4 rw 0 0\n/dev/loop1 /snap squashfs ro 0 0\n/dev/sdb1 /my\\040data ext4 rw 0 0\n");
        Directory.CreateDirectory(Path.Combine(_root.Path, "my data"));
        Directory.CreateDirectory(Path.Combine(_root.Path, "sys/block/sda"));
        WriteDisk(reads: 100, writes: 50);

        Assert.Equal(["/", "/my data"], _host.ReadDiskSpace().Select(disk => disk.Mount));
        Assert.All(_host.ReadDiskSpace(), disk => Assert.InRange(disk.Utilization!.Value, 0, 1));
        Assert.Empty(_host.ReadDiskTraffic());

        WriteDisk(reads: 120, writes: 60);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([new Traffic("sda", 2048, 1024)], _host.ReadDiskTraffic());

        WriteDisk(reads: 0, writes: 0);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Empty(_host.ReadDiskTraffic());

        void WriteDisk(int reads, int writes) => _root.Write("proc/diskstats", $"   7 0 loop0 1 0 1 0 1 0 1 0 0 0 0\n   8 0 sda 9 0 {reads} 1 9 0 {writes} 1 0 1 1\n   8 1 sda1 9 0 {reads} 1 9 0 {writes} 1 0 1 1\n");
    }

    [Fact]
    public void Bytes_of_the_network_are_those_of_its_own_interfaces()
    {
        WriteNetwork(received: 1000, sent: 10);
        Assert.Empty(_host.ReadNetworkTraffic());

        WriteNetwork(received: 3000, sent: 30);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([new Traffic("eth0", 1000, 10)], _host.ReadNetworkTraffic());

        void WriteNetwork(int received, int sent) => _root.Write(
            "proc/net/dev", $"Inter-|   Receive |  Transmit\n face |bytes packets\n    lo: {received} 1 0 0 0 0 0 0 {sent} 1 0 0 0 0 0 0\n  eth0:{received} 1 0 0 0 0 0 0 {sent} 1 0 0 0 0 0 0\n");
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
        var host = new LinuxHost("/", TimeProvider.System);

        Assert.True(host.IsLinux);
        Assert.Null(host.ReadCpuUtilization());
        Assert.InRange(host.ReadMemory().Utilization, 0.001, 1);
        Assert.Contains(host.ReadDiskSpace(), disk => disk.Mount == "/");
    }
}

namespace LLMscope.Host;

/// <summary>
/// The processors, the memory, the disks and the network of a Linux machine, or of the container that limits who asks. Other systems have no
/// such files: there it reads nothing.
/// </summary>
/// <param name="root">Where the file system begins.</param>
public sealed class LinuxHost(string root, TimeProvider clock)
{
    // Disks and interfaces that stand for others, whose bytes would be counted twice, or for none.
    private static readonly string[] VirtualDisks = ["loop", "ram", "zram", "dm-", "md", "sr", "fd"];
    private static readonly string[] VirtualInterfaces = ["lo", "veth", "docker", "br-", "virbr", "ifb", "cni", "flannel", "cali", "dummy", "sit", "ip6tnl", "tunl", "teql"];

    private readonly TrafficMeter _disks = new(clock);
    private readonly TrafficMeter _network = new(clock);
    private CpuTimes? _earlier;

    public bool IsLinux => File.Exists(InRoot("proc/stat"));

    /// <summary>The share of time that the processors were busy since the last call; null at the first.</summary>
    /// <exception cref="InvalidDataException">The file is not what proc(5) promises.</exception>
    public double? ReadCpuUtilization()
    {
        var now = CpuTimes.Parse(File.ReadAllText(InRoot("proc/stat"))) ?? throw new InvalidDataException("/proc/stat has no times of the processors.");
        var utilization = _earlier is { } earlier ? now.UtilizationSince(earlier) : null;
        _earlier = now;
        return utilization;
    }

    /// <exception cref="InvalidDataException">The file is not what proc(5) promises.</exception>
    public MemoryUse ReadMemory()
    {
        var machine = MemoryUse.OfMachine(File.ReadAllText(InRoot("proc/meminfo"))) ?? throw new InvalidDataException("/proc/meminfo does not tell the memory.");
        return ReadContainer() is { } container && container.Total < machine.Total ? container : machine;
    }

    /// <summary>How full the disks are; a file system that cannot be asked is left out.</summary>
    public IReadOnlyList<DiskSpace> ReadDiskSpace()
    {
        var spaces = new List<DiskSpace>();
        foreach (var mount in DiskSpace.MountsOf(ReadIfThere("proc/mounts")))
        {
            var drive = new DriveInfo(InRoot(mount.TrimStart('/')));
            if (drive.IsReady)
                spaces.Add(new DiskSpace(mount, drive.TotalSize - drive.TotalFreeSpace, drive.AvailableFreeSpace));
        }

        return spaces;
    }

    /// <summary>What was read and written since the last call; nothing at the first.</summary>
    public IReadOnlyList<Traffic> ReadDiskTraffic() => _disks.Rates(TrafficCount.OfDisks(
        ReadIfThere("proc/diskstats"), name => !IsOf(VirtualDisks, name) && Directory.Exists(InRoot($"sys/block/{name}"))));

    /// <summary>What was received and sent since the last call; nothing at the first.</summary>
    public IReadOnlyList<Traffic> ReadNetworkTraffic() => _network.Rates(TrafficCount.OfNetwork(
        ReadIfThere("proc/net/dev"), name => !IsOf(VirtualInterfaces, name)));

    private static bool IsOf(string[] kinds, string name) => kinds.Any(kind => name.StartsWith(kind, StringComparison.Ordinal));

    private string ReadIfThere(string path) => File.Exists(InRoot(path)) ? File.ReadAllText(InRoot(path)) : "";

    private MemoryUse? ReadContainer()
    {
        // The root of all cgroups has no limit and not this file either.
        var max = InRoot("sys/fs/cgroup/memory.max");
        return File.Exists(max)
            ? MemoryUse.OfContainer(
                File.ReadAllText(max), File.ReadAllText(InRoot("sys/fs/cgroup/memory.current")), File.ReadAllText(InRoot("sys/fs/cgroup/memory.stat")))
            : null;
    }

    private string InRoot(string path) => Path.Combine(root, path);
}

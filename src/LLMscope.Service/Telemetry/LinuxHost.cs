namespace LLMscope.Service.Telemetry;

/// <summary>
/// The processors and the memory of a Linux machine, or of the container that limits LLMscope. Other systems have no such files:
/// there it reads nothing.
/// </summary>
/// <param name="root">Where the file system begins.</param>
internal sealed class LinuxHost(string root)
{
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

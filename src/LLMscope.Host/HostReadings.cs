namespace LLMscope.Host;

/// <summary>
/// All that can be read of a machine, one round at a time: processors, memory, disks, network, GPUs. What cannot be read is left out, and said.
/// </summary>
/// <param name="gpus">Null where the machine has none that can be asked.</param>
public sealed class HostReadings(LinuxHost host, NvidiaSmi? gpus, TimeProvider clock)
{
    /// <summary>What may fail by itself.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["cpu", "memory", "disk", "network", "gpu"];

    public static HostReadings OfThisMachine(TimeProvider clock) =>
        new(new LinuxHost("/", clock), NvidiaSmi.Find(Environment.GetEnvironmentVariable("PATH"), clock), clock);

    /// <summary>Whether this machine can be read at all.</summary>
    public bool CanRead => host.IsLinux || gpus is not null;

    /// <param name="take">Gets each value.</param>
    /// <param name="note">Gets for each kind what went wrong, or null.</param>
    public async Task ReadAsync(Action<HostReading> take, Action<string, string?> note, CancellationToken cancellation)
    {
        if (host.IsLinux)
            ReadHost(take, note);
        if (gpus is not null)
            await ReadGpusAsync(gpus, take, note, cancellation);
    }

    private void ReadHost(Action<HostReading> take, Action<string, string?> note)
    {
        var time = clock.GetUtcNow();
        Try("cpu", note, () => Take("", "cpu_utilization", host.ReadCpuUtilization()));
        Try("memory", note, () =>
        {
            var memory = host.ReadMemory();
            Take("", "memory_used", memory.Used);
            Take("", "memory_utilization", memory.Utilization);
        });
        Try("disk", note, () =>
        {
            foreach (var disk in host.ReadDiskSpace())
                Take(disk.Mount, "disk_utilization", disk.Utilization);
            foreach (var disk in host.ReadDiskTraffic())
            {
                Take(disk.Device, "disk_read", disk.In);
                Take(disk.Device, "disk_write", disk.Out);
            }
        });
        Try("network", note, () =>
        {
            foreach (var card in host.ReadNetworkTraffic())
            {
                Take(card.Device, "network_receive", card.In);
                Take(card.Device, "network_send", card.Out);
            }
        });

        void Take(string device, string characteristic, double? value)
        {
            if (value is { } known)
                take(new HostReading(time, device, characteristic, known));
        }
    }

    private async Task ReadGpusAsync(NvidiaSmi smi, Action<HostReading> take, Action<string, string?> note, CancellationToken cancellation)
    {
        var (readings, problem) = await smi.ReadAsync(cancellation);
        note("gpu", problem);
        var time = clock.GetUtcNow();
        foreach (var gpu in readings)
        {
            Take("gpu_utilization", gpu.Utilization);
            Take("gpu_memory_used", gpu.MemoryUsed);
            Take("gpu_memory_utilization", gpu.MemoryUtilization);
            Take("gpu_temperature", gpu.Temperature);
            Take("gpu_power", gpu.Power);

            void Take(string characteristic, double? value)
            {
                if (value is { } known)
                    take(new HostReading(time, gpu.Device, characteristic, known));
            }
        }
    }

    private static void Try(string kind, Action<string, string?> note, Action read)
    {
        try
        {
            read();
            note(kind, null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            note(kind, fault.Message);
        }
    }
}

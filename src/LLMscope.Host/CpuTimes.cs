namespace LLMscope.Host;

/// <summary>Time that all processors spent since the machine started, in ticks of the kernel.</summary>
/// <remarks>proc(5), <c>/proc/stat</c>: user nice system idle iowait irq softirq steal; guest time is part of user time.</remarks>
public readonly record struct CpuTimes(long Busy, long Total)
{
    private const int Counted = 8;
    private const int Idle = 3;
    private const int WaitingForDisk = 4;

    public static CpuTimes? Parse(string stat)
    {
        var line = stat.AsSpan()[..(stat.IndexOf('\n') is var end and >= 0 ? end : stat.Length)];
        if (!line.StartsWith("cpu ", StringComparison.Ordinal))
            return null;

        long total = 0, idle = 0;
        var column = 0;
        foreach (var part in line[4..].Split(' '))
        {
            var text = line[4..][part];
            if (text.IsEmpty)
                continue;
            if (!long.TryParse(text, out var ticks) || ticks < 0)
                return null;
            if (column is Idle or WaitingForDisk)
                idle += ticks;
            if (column++ < Counted)
                total += ticks;
        }

        return column > Idle ? new CpuTimes(total - idle, total) : null;
    }

    /// <summary>The share of time that was busy since an earlier reading; null where no time passed or a counter went back.</summary>
    public double? UtilizationSince(CpuTimes earlier)
    {
        var (busy, total) = (Busy - earlier.Busy, Total - earlier.Total);

        // The kernel may count idle time down a little: what is then beyond the bounds is at them.
        return total > 0 ? Math.Clamp((double)busy / total, 0, 1) : null;
    }
}

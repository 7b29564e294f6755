namespace LLMscope.Host;

/// <summary>Memory that is used and memory that may be, in bytes.</summary>
public readonly record struct MemoryUse(long Used, long Total)
{
    public double Utilization => (double)Used / Total;

    /// <summary>Of the machine, by <c>/proc/meminfo</c>: what is not available without swapping is used.</summary>
    public static MemoryUse? OfMachine(string meminfo) =>
        Kilobytes(meminfo, "MemTotal:") is { } total and > 0 && Kilobytes(meminfo, "MemAvailable:") is { } available && available <= total
            ? new MemoryUse((total - available) * 1024, total * 1024)
            : null;

    /// <summary>
    /// Of a container, by version 2 of cgroups: <c>memory.max</c>, <c>memory.current</c> and <c>memory.stat</c>. Pages of files that were
    /// not used lately can be dropped at once and do not count. Null where the container has no limit.
    /// </summary>
    public static MemoryUse? OfContainer(string max, string current, string stat) =>
        long.TryParse(max.AsSpan().Trim(), out var total) && total > 0 && long.TryParse(current.AsSpan().Trim(), out var used)
            ? new MemoryUse(Math.Max(0, used - (Number(stat, "inactive_file ") ?? 0)), total)
            : null;

    private static long? Kilobytes(string text, string key) => Number(text, key);

    private static long? Number(string text, string key)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!line.StartsWith(key, StringComparison.Ordinal))
                continue;

            var rest = line[key.Length..].Trim();
            var end = rest.IndexOf(' ');
            return long.TryParse(end < 0 ? rest : rest[..end], out var number) && number >= 0 ? number : null;
        }

        return null;
    }
}

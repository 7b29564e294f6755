namespace LLMscope.Host;

/// <summary>What went through a device, in bytes a second.</summary>
/// <param name="In">Read or received.</param>
/// <param name="Out">Written or sent.</param>
public readonly record struct Traffic(string Device, double In, double Out);

/// <summary>What went through a device since the machine started, in bytes.</summary>
public readonly record struct TrafficCount(string Device, long In, long Out)
{
    private const int SectorBytes = 512; // whatever the disk's own sectors are: Documentation/admin-guide/iostats.rst of the kernel

    /// <summary>By <c>/proc/diskstats</c>, for the disks that are wanted.</summary>
    public static IEnumerable<TrafficCount> OfDisks(string diskstats, Func<string, bool> isWanted)
    {
        foreach (var line in diskstats.Split('\n'))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length >= 10 && isWanted(fields[2]) && long.TryParse(fields[5], out var read) && long.TryParse(fields[9], out var written))
                yield return new TrafficCount(fields[2], read * SectorBytes, written * SectorBytes);
        }
    }

    /// <summary>By <c>/proc/net/dev</c>, see proc(5), for the interfaces that are wanted.</summary>
    public static IEnumerable<TrafficCount> OfNetwork(string dev, Func<string, bool> isWanted)
    {
        foreach (var line in dev.Split('\n'))
        {
            if (line.IndexOf(':') is not (> 0 and var colon))
                continue;

            var name = line[..colon].Trim();
            var fields = line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length >= 9 && isWanted(name) && long.TryParse(fields[0], out var received) && long.TryParse(fields[8], out var sent))
                yield return new TrafficCount(name, received, sent);
        }
    }
}

/// <summary>Makes rates of counts: the difference to the last reading over the time since.</summary>
internal sealed class TrafficMeter(TimeProvider clock)
{
    // More devices than this are virtual ones that a container system made.
    private const int MostDevices = 16;

    private Dictionary<string, TrafficCount> _earlier = [];
    private long _earlierTime;

    public List<Traffic> Rates(IEnumerable<TrafficCount> counts)
    {
        var time = clock.GetTimestamp();
        var seconds = clock.GetElapsedTime(_earlierTime, time).TotalSeconds;
        var now = counts.Take(MostDevices).DistinctBy(count => count.Device).ToDictionary(count => count.Device);
        var rates = new List<Traffic>();
        foreach (var count in now.Values)
        {
            // A count that went back is of a device that was taken out and put in again.
            if (seconds > 0 && _earlier.TryGetValue(count.Device, out var earlier) && count.In >= earlier.In && count.Out >= earlier.Out)
                rates.Add(new Traffic(count.Device, (count.In - earlier.In) / seconds, (count.Out - earlier.Out) / seconds));
        }

        (_earlier, _earlierTime) = (now, time);
        return rates;
    }
}

using System.Globalization;

namespace LLMscope.Benchmarks.Load;

/// <summary>The CPU time of processes with all their descendants, those that ended included: user and system, in seconds.</summary>
internal static class ProcessCpu
{
    private const double TicksASecond = 100; // USER_HZ, proc(5)

    // Fields of /proc/PID/stat after the name in parentheses: state, ppid, ..., utime, stime, cutime, cstime.
    private const int Parent = 1;
    private const int FirstTime = 11;

    public static double Of(params int[] roots)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(folder => Path.GetFileName(folder)).Where(name => name.All(char.IsAsciiDigit))
            .Select(Read).OfType<(int Id, int Parent, double Seconds)>().ToArray();
        var wanted = roots.ToHashSet();
        for (var count = 0; count < wanted.Count;)
        {
            count = wanted.Count;
            wanted.UnionWith(all.Where(process => wanted.Contains(process.Parent)).Select(process => process.Id));
        }

        return all.Where(process => wanted.Contains(process.Id)).Sum(process => process.Seconds);
    }

    private static (int Id, int Parent, double Seconds)? Read(string id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = Enumerable.Range(FirstTime, 4).Sum(field => long.Parse(fields[field], CultureInfo.InvariantCulture));
            return (int.Parse(id, CultureInfo.InvariantCulture), int.Parse(fields[Parent], CultureInfo.InvariantCulture), ticks / TicksASecond);
        }
        catch (IOException)
        {
            return null; // It ended meanwhile, and its parent has its time.
        }
    }
}

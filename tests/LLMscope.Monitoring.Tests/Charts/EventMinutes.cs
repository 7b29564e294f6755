using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Monitoring.Tests.Charts;

/// <summary>Calls that fail or not, minute by minute, on a chart of errors.</summary>
internal static class EventMinutes
{
    public static ChartRun Run(ChartKind kind) => new(Characteristic.Error, ChartPlan.For(Characteristic.Find(Characteristic.Error)!, kind));

    /// <summary>Adds minutes of so many calls and failures each. The last one is not a point before a sample of a later minute comes.</summary>
    public static ChartRun AddMinutes(this ChartRun run, IEnumerable<(int Calls, int Events)> minutes)
    {
        var begin = run.Summary.LatestSample is { } latest ? Math.Ceiling((latest - ChartRun.Begin).TotalMinutes) : 0;
        foreach (var (calls, events) in minutes)
        {
            for (var call = 0; call < calls; call++)
                run.Add(call < events ? 1 : 0, (begin * 60) + (call * 59.0 / calls));
            begin++;
        }

        return run.CloseIdle((begin * 60) + 1_000).CloseIdle((begin * 60) + 2_000);
    }

    /// <summary>Minutes of a process in which every call fails with the same probability, unless it is told otherwise for a minute.</summary>
    public static (int Calls, int Events)[] Of(int count, int seed, double probability, int fewest = 40, int most = 80, Func<Random, double>? varying = null)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var calls = random.Next(fewest, most + 1);
            var p = varying?.Invoke(random) ?? probability;
            return (calls, Enumerable.Range(0, calls).Count(_ => random.NextDouble() < p));
        })];
    }
}

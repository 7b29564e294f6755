using System.Diagnostics;
using System.Reflection;

namespace LLMscope.Service.Observability;

/// <summary>What is known of the program and its process, by the names that Prometheus clients share.</summary>
internal sealed class ProcessMetrics
{
    private readonly KeyValuePair<string, string>[] _build;
    private readonly double _started;

    public ProcessMetrics()
    {
        var version = typeof(ProcessMetrics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        _build = [new("version", version.Split('+')[0]), new("dotnet", Environment.Version.ToString())];
        using var process = Process.GetCurrentProcess();
        _started = (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
    }

    public IEnumerable<MetricFamily> Read()
    {
        yield return Gauge("llmscope_build_info", null, "The program that answers.", new MetricValue("", _build, 1));
        yield return Gauge("process_start_time_seconds", "seconds", "When the process started, since 1970.", new MetricValue("", [], _started));
        yield return Gauge("process_resident_memory_bytes", "bytes", "Memory that the process holds.", new MetricValue("", [], Environment.WorkingSet));

        // The instruments of the runtime call these two counters, though they go down as well.
        yield return Gauge("dotnet_thread_pool_threads", null, "Threads of the pool.", new MetricValue("", [], ThreadPool.ThreadCount));
        yield return Gauge("dotnet_thread_pool_queue_length", null, "Work that waits for a thread of the pool.", new MetricValue("", [], ThreadPool.PendingWorkItemCount));
        yield return new MetricFamily(
            "process_cpu_seconds", MetricKind.Counter, "seconds", "Processor time that the process used.",
            [new MetricValue("_total", [], Environment.CpuUsage.TotalTime.TotalSeconds)]);
    }

    private static MetricFamily Gauge(string name, string? unit, string help, MetricValue value) => new(name, MetricKind.Gauge, unit, help, [value]);
}

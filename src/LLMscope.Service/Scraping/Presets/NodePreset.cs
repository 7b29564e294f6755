using LLMscope.Service.Scraping.Deriving;

namespace LLMscope.Service.Scraping.Presets;

/// <summary>The node exporter of Prometheus on Linux. The processors are taken together; each file system is a device of its host.</summary>
/// <remarks>node_exporter, README.md; what a processor waits for its disk counts as idle, as it does for the host that LLMscope runs on.</remarks>
internal static class NodePreset
{
    private static readonly string[] NoDisks = ["tmpfs", "ramfs", "devtmpfs", "overlay", "squashfs", "iso9660", "fuse.lxcfs", "nsfs", "rootfs", ""];
    private static readonly Metric Processors = Metric.Counter("node_cpu_seconds_total", "node_cpu");

    public static Preset Preset { get; } = new(
        "node",
        "",
        [new(SourcePart.Device, "{mountpoint}")],
        [
            new QuotientRule(Processors.Where("mode", "idle", "iowait"), Processors, Rule.Named("cpu_utilization"), IsRest: true, CountsCalls: false),
            new GaugeShareRule(
                new Metric("node_memory_MemAvailable_bytes", "node_memory_MemAvailable"), [new Metric("node_memory_MemTotal_bytes", "node_memory_MemTotal")],
                Rule.Named("memory_utilization"), IsRest: true),
            new GaugeShareRule(
                new Metric("node_filesystem_avail_bytes", "node_filesystem_avail").Except("fstype", NoDisks),
                [new Metric("node_filesystem_size_bytes", "node_filesystem_size").Except("fstype", NoDisks)], Rule.Named("disk_utilization"), IsRest: true),
        ]);
}

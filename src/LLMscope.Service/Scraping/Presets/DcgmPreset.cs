using LLMscope.Monitoring.Samples;
using LLMscope.Service.Scraping.Deriving;

namespace LLMscope.Service.Scraping.Presets;

/// <summary>NVIDIA's dcgm-exporter. Each GPU, or each of its MIG instances, is a device of its host.</summary>
/// <remarks>dcgm-exporter, etc/default-counters.csv; units after the field identifiers of the DCGM API.</remarks>
internal static class DcgmPreset
{
    private const double Percent = 0.01;
    private const double Mebibyte = 1024 * 1024;
    private const double Megahertz = 1e6;

    private static readonly Metric Used = new("DCGM_FI_DEV_FB_USED");

    public static Preset Preset { get; } = new(
        "dcgm",
        "",
        [
            new(SourcePart.Host, "{Hostname}"),
            new(SourcePart.Device, "GPU {gpu} {modelName} MIG {GPU_I_ID}", "GPU {gpu} {modelName}", "GPU {gpu}", "{UUID}"),
        ],
        [
            new GaugeRule(new Metric("DCGM_FI_DEV_GPU_UTIL"), Rule.Named("gpu_utilization"), Percent, Together.Mean),
            new GaugeRule(Used, Rule.Named("gpu_memory_used"), Mebibyte),
            new GaugeShareRule(Used, [Used, new Metric("DCGM_FI_DEV_FB_FREE")], Rule.Named("gpu_memory_utilization")),
            new GaugeRule(new Metric("DCGM_FI_DEV_GPU_TEMP"), Rule.Named("gpu_temperature"), Together: Together.Mean),
            new GaugeRule(new Metric("DCGM_FI_DEV_MEMORY_TEMP"), Rule.Named("gpu_memory_temperature"), Together: Together.Mean) { IsOptional = true },
            new GaugeRule(new Metric("DCGM_FI_DEV_POWER_USAGE"), Rule.Named("gpu_power")),
            new GaugeRule(new Metric("DCGM_FI_DEV_SM_CLOCK"), Rule.Named("gpu_clock"), Megahertz, Together.Mean),
            new GaugeRule(new Metric("DCGM_FI_DEV_MEM_CLOCK"), Rule.Named("gpu_memory_clock"), Megahertz, Together.Mean),
            new GaugeRule(new Metric("DCGM_FI_PROF_PIPE_TENSOR_ACTIVE"), Rule.Named("gpu_tensor_utilization"), Together: Together.Mean) { IsOptional = true },
            new GaugeRule(new Metric("DCGM_FI_PROF_DRAM_ACTIVE"), Rule.Named("gpu_memory_bandwidth_utilization"), Together: Together.Mean) { IsOptional = true },
            new ChangedCodeRule(new Metric("DCGM_FI_DEV_XID_ERRORS"), Rule.Named(Characteristic.Error)) { IsOptional = true },
        ]);
}

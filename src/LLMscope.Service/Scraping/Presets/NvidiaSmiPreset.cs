using LLMscope.Service.Scraping.Deriving;

namespace LLMscope.Service.Scraping.Presets;

/// <summary>nvidia_gpu_exporter, which prints what nvidia-smi says. Each GPU is a device by its UUID.</summary>
/// <remarks>utkuozdemir/nvidia_gpu_exporter, METRICS.md.</remarks>
internal static class NvidiaSmiPreset
{
    private static readonly Metric Used = new("nvidia_smi_memory_used_bytes");

    public static Preset Preset { get; } = new(
        "nvidia_smi",
        "",
        [new(SourcePart.Device, "GPU {uuid}")],
        [
            new GaugeRule(new Metric("nvidia_smi_utilization_gpu_ratio"), Rule.Named("gpu_utilization"), Together: Together.Mean),
            new GaugeRule(Used, Rule.Named("gpu_memory_used")),
            new GaugeShareRule(Used, [new Metric("nvidia_smi_memory_total_bytes")], Rule.Named("gpu_memory_utilization")),
            new GaugeRule(new Metric("nvidia_smi_temperature_gpu"), Rule.Named("gpu_temperature"), Together: Together.Mean),
            new GaugeRule(
                new Metric("nvidia_smi_power_draw_watts", "nvidia_smi_power_draw_average_watts", "nvidia_smi_power_draw_instant_watts"), Rule.Named("gpu_power")),
            new GaugeRule(new Metric("nvidia_smi_clocks_current_sm_clock_hz"), Rule.Named("gpu_clock"), Together: Together.Mean),
            new GaugeRule(new Metric("nvidia_smi_clocks_current_memory_clock_hz"), Rule.Named("gpu_memory_clock"), Together: Together.Mean),
        ]);
}

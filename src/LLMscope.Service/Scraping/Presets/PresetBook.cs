namespace LLMscope.Service.Scraping.Presets;

/// <summary>The presets that there are, in the order in which they are offered. A new one is a file beside this and a line in here.</summary>
internal static class PresetBook
{
    public static IReadOnlyList<Preset> All { get; } =
    [
        VllmPreset.Preset,
        TgiPreset.Preset,
        LlamaCppPreset.Preset,
        SglangPreset.Preset,
        OllamaExporterPreset.Preset,
        LitellmPreset.Preset,
        DcgmPreset.Preset,
        NodePreset.Preset,
        NvidiaSmiPreset.Preset,
        GenericPreset.Preset,
    ];

    public static string Names { get; } = string.Join(", ", All.Select(preset => preset.Name));

    public static Preset? Find(string name) => All.FirstOrDefault(preset => preset.Name == name);
}

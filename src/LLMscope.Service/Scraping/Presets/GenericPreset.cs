namespace LLMscope.Service.Scraping.Presets;

/// <summary>Any page of metrics: the target itself lists what is charted from it.</summary>
internal static class GenericPreset
{
    public static Preset Preset { get; } = new("generic", "", [], []);
}

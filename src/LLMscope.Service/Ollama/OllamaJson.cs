using System.Text.Json;

namespace LLMscope.Service.Ollama;

/// <summary>Fields of Ollama's answers. What is absent or of another kind is null.</summary>
internal static class OllamaJson
{
    private const double Nanosecond = 1e-9;

    public static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String ? field.GetString() : null;

    /// <summary>A number that is not negative.</summary>
    public static double? Number(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Number
        && field.TryGetDouble(out var number) && number >= 0 && double.IsFinite(number) ? number : null;

    public static int? Count(JsonElement element, string name) => Number(element, name) is { } number and <= int.MaxValue ? (int)number : null;

    /// <summary>In seconds; Ollama counts nanoseconds.</summary>
    public static double? Seconds(JsonElement element, string name) => Number(element, name) * Nanosecond;
}

using System.Text.Json;

namespace LLMscope.Service.Ollama;

/// <summary>A model that Ollama holds in memory.</summary>
/// <param name="Size">All of its memory, in bytes.</param>
/// <param name="GpuMemory">What of it is on GPUs, in bytes.</param>
internal sealed record ResidentModel(string Name, double Size, double GpuMemory)
{
    /// <summary>The share that is on GPUs; null where the size is not known.</summary>
    public double? GpuShare => Size > 0 && GpuMemory <= Size ? GpuMemory / Size : null;

    /// <summary>Reads the answer of <c>/api/ps</c>; null where it is none.</summary>
    public static IReadOnlyList<ResidentModel>? Parse(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("models", out var models))
            return null;
        if (models.ValueKind == JsonValueKind.Null)
            return []; // How Go writes an empty list that was never made.
        if (models.ValueKind != JsonValueKind.Array)
            return null;

        var resident = new List<ResidentModel>();
        foreach (var model in models.EnumerateArray())
        {
            if (OllamaJson.Text(model, "name") is not { Length: > 0 } name || OllamaJson.Number(model, "size") is not { } size)
                return null;

            // Left out where it is 0, as of a model that runs on the processor alone.
            resident.Add(new ResidentModel(name, size, OllamaJson.Number(model, "size_vram") ?? 0));
        }

        return resident;
    }
}

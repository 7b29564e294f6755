using LLMscope.Monitoring.Samples;
using LLMscope.Service.Scraping.Exposition;

namespace LLMscope.Service.Scraping.Deriving;

/// <summary>A part of a source that labels tell, for example the device as <c>GPU {gpu} {modelName}</c>.</summary>
/// <param name="Texts">Tried in order; the first one whose labels are all there is taken.</param>
internal sealed record SourceTemplate(SourcePart Part, params IReadOnlyList<string> Texts)
{
    /// <summary>The labels that it is filled from.</summary>
    public IEnumerable<string> Labels => Texts.SelectMany(text => text.Split('{').Skip(1).Select(piece => piece.Split('}')[0])).Distinct(StringComparer.Ordinal);

    /// <summary>Null where the labels do not tell this part.</summary>
    /// <param name="allowed">The labels that may be used.</param>
    public string? Fill(Label[] labels, IReadOnlySet<string> allowed)
    {
        foreach (var text in Texts)
        {
            if (TryFill(text, labels, allowed) is { } filled)
                return filled;
        }

        return null;
    }

    private static string? TryFill(string text, Label[] labels, IReadOnlySet<string> allowed)
    {
        var filled = text;
        while (filled.IndexOf('{', StringComparison.Ordinal) is var open and >= 0)
        {
            var close = filled.IndexOf('}', open);
            var name = filled[(open + 1)..close];
            var value = allowed.Contains(name) ? Array.Find(labels, label => label.Name == name).Value : null;
            if (string.IsNullOrEmpty(value))
                return null;

            // Braces in a value would be taken for labels again.
            filled = $"{filled[..open]}{value.Replace('{', '(').Replace('}', ')')}{filled[(close + 1)..]}";
        }

        return filled;
    }
}

/// <summary>What a source consists of.</summary>
internal enum SourcePart
{
    Site,
    Provider,
    Model,
    ServedModel,
    Operation,
    Application,
    Host,
    Device,
}

internal static class SourceParts
{
    /// <summary>The source with one part set, without control characters and no longer than a part may be.</summary>
    public static Source With(this Source source, SourcePart part, string text)
    {
        var value = Clean(text);
        return part switch
        {
            SourcePart.Site => source with { Site = value },
            SourcePart.Provider => source with { Provider = value },
            SourcePart.Model => source with { Model = value },
            SourcePart.ServedModel => source with { ServedModel = value },
            SourcePart.Operation => source with { Operation = value },
            SourcePart.Application => source with { Application = value },
            SourcePart.Host => source with { Host = value },
            SourcePart.Device => source with { Device = value },
            _ => throw new ArgumentOutOfRangeException(nameof(part), part, "An unknown part of a source."),
        };
    }

    /// <summary>The text as it may be stored: without control characters, no longer than a part, and without half a character at its end.</summary>
    public static string Clean(string text)
    {
        var clean = string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
        if (clean.Length <= Source.LongestPart)
            return clean;

        return clean[..(char.IsHighSurrogate(clean[Source.LongestPart - 1]) ? Source.LongestPart - 1 : Source.LongestPart)];
    }
}

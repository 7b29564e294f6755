using System.Text;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.GenAi;

/// <summary>Text of others as it can be stored and shown: without control characters and broken surrogates, at most as long as a part of a source, and cut there.</summary>
internal static class CleanText
{
    public static string Of(string? text, int longest = Source.LongestPart)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "";

        var clean = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in text.AsSpan().Trim().EnumerateRunes())
        {
            // A broken surrogate is enumerated as the replacement character.
            if (Rune.IsControl(rune))
                continue;
            if (clean.Length + rune.Utf16SequenceLength > longest)
                break;
            clean.Append(rune.ToString());
        }

        return clean.ToString().Trim();
    }
}

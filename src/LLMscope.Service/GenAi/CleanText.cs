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

        return text.Length <= longest && IsClean(text) ? text : Cleaned(text, longest);
    }

    private static bool IsClean(string text)
    {
        foreach (var character in text)
        {
            if (char.IsControl(character) || char.IsSurrogate(character))
                return false;
        }

        return !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]);
    }

    private static string Cleaned(string text, int longest)
    {
        var clean = new StringBuilder(Math.Min(text.Length, longest));
        Span<char> characters = stackalloc char[2];
        foreach (var rune in text.AsSpan().Trim().EnumerateRunes())
        {
            if (Rune.IsControl(rune))
                continue;

            // A broken surrogate is enumerated as the replacement character.
            var length = rune.EncodeToUtf16(characters);
            if (clean.Length + length > longest)
                break;
            clean.Append(characters[..length]);
        }

        return clean.ToString().Trim();
    }
}

using System.Text.Json;

namespace LLMscope.Service.Otlp;

/// <summary>Finds the path to a place in JSON by reading it once more: only who sends something wrong pays for paths.</summary>
internal static class JsonFaultPlace
{
    private const int LongestName = 64;

    /// <param name="at">The byte at which the token begins.</param>
    /// <returns>For example <c>resourceSpans[0].scopeSpans[2].spans</c>.</returns>
    public static string Of(ReadOnlySpan<byte> text, JsonReaderOptions options, long at)
    {
        var reader = new Utf8JsonReader(text, options);
        var levels = new Stack<Level>();
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                levels.Pop();
            else if (reader.TokenType == JsonTokenType.PropertyName)
                levels.Peek().Name = NameAt(ref reader);
            else if (levels.TryPeek(out var level))
                level.Index++;

            if (reader.TokenStartIndex >= at)
                break;
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                levels.Push(new Level(reader.TokenType == JsonTokenType.StartArray));
        }

        var path = string.Concat(levels.Reverse().Select(level => level.IsList ? $"[{level.Index}]" : $".{level.Name}"));
        return path.Length == 0 ? "it" : path.TrimStart('.');
    }

    private static string NameAt(ref Utf8JsonReader reader)
    {
        var name = OtlpText.Of(reader.ValueSpan);
        return name.Length > LongestName ? $"{name[..LongestName]}…" : name;
    }

    private sealed class Level(bool isList)
    {
        public bool IsList { get; } = isList;

        public string Name { get; set; } = "";

        public int Index { get; set; } = -1;
    }
}

using System.Text;
using System.Text.Json;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.Samples;

/// <summary>Text fields of one item as unescaped UTF-8 in one buffer, so that a known series costs no string.</summary>
internal sealed class ItemText
{
    public const int Parts = 10;

    private const int LongestPart = Source.LongestPart * 3;

    // One buffer a request, for one item at a time.
    private readonly byte[] _buffer = new byte[Parts * LongestPart];
    private readonly int[] _lengths = new int[Parts];

    public void Clear() => Array.Clear(_lengths);

    public ReadOnlySpan<byte> this[int part] => _buffer.AsSpan(part * LongestPart, _lengths[part]);

    public string Text(int part) => _lengths[part] == 0 ? "" : Encoding.UTF8.GetString(this[part]);

    /// <returns>Null, or what is wrong with the text.</returns>
    public string? Take(int part, ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;

        if (reader.TokenType != JsonTokenType.String)
            return "must be a string";

        var written = (reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length) <= LongestPart
            ? reader.CopyString(_buffer.AsSpan(part * LongestPart, LongestPart))
            : -1;
        if (written < 0 || (written > Source.LongestPart && Encoding.UTF8.GetCharCount(_buffer.AsSpan(part * LongestPart, written)) > Source.LongestPart))
            return $"must not be longer than {Source.LongestPart} characters";

        _lengths[part] = written;
        return this[part].ContainsAnyInRange((byte)0, (byte)0x1F) || this[part].Contains((byte)0x7F) ? "must not contain control characters" : null;
    }
}

using System.Text.Json;

namespace LLMscope.Client;

/// <summary>What is sent to LLMscope: a call or a sample.</summary>
public abstract record Measurement
{
    /// <summary>The longest text that LLMscope takes, in characters.</summary>
    private const int LongestText = 200;

    private protected Measurement()
    {
    }

    /// <summary>When it was measured; for a call, when it was answered or given up.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Where LLMscope takes it, relative to its address. Wrong items are refused alone.</summary>
    internal abstract string Path { get; }

    /// <param name="id">Unique: what is sent again with it is stored once.</param>
    internal abstract void Write(Utf8JsonWriter json, string id, LLMscopeOptions options);

    private protected void WriteHead(Utf8JsonWriter json, string id)
    {
        json.WriteString("id"u8, id);
        json.WriteString("time"u8, Time.UtcDateTime);
    }

    /// <summary>Writes a text that LLMscope will not refuse: what is too long is cut, control characters become spaces.</summary>
    private protected static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return;

        if (text.Length > LongestText)
            text = text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)];
        if (text.AsSpan().ContainsAnyInRange('\0', '\u001f') || text.AsSpan().ContainsAnyInRange('\u007f', '\u009f'))
            text = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        json.WriteString(name, text);
    }
}

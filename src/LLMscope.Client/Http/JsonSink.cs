using System.Text;
using System.Text.Json;

namespace LLMscope.Client.Http;

/// <summary>Hears the scalars of JSON documents from a <see cref="JsonScanner"/>.</summary>
internal abstract class JsonSink
{
    /// <summary>A scalar has ended.</summary>
    /// <param name="path">The names that lead to it, joined by points; elements of an array have the path of the array.</param>
    /// <param name="isText">Whether it is a string; otherwise a number, true, false or null.</param>
    /// <param name="text">As it was written, escapes among it, cut at <see cref="JsonScanner.LongestScalar"/> bytes.</param>
    public abstract void Take(ReadOnlySpan<byte> path, bool isText, ReadOnlySpan<byte> text);

    /// <summary>A piece of a string, as it was written, before its end is known. Pieces of all lengths come, without a bound.</summary>
    public virtual void TakePiece(ReadOnlySpan<byte> path, ReadOnlySpan<byte> piece)
    {
    }

    protected static string Text(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)'\\'))
            return Encoding.UTF8.GetString(text);

        var reader = new Utf8JsonReader((byte[])[(byte)'"', .. text, (byte)'"']);
        try
        {
            return reader.Read() ? reader.GetString()! : "";
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return ""; // An escape that was cut, or that is none.
        }
    }

    protected static long? Number(ReadOnlySpan<byte> text) =>
        System.Buffers.Text.Utf8Parser.TryParse(text, out long number, out var read) && read == text.Length && number >= 0 ? number : null;
}

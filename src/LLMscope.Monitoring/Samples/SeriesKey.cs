using System.Text;

namespace LLMscope.Monitoring.Samples;

/// <summary>
/// The identity of a series as UTF-8 text: its parts joined by the unit separator, which no part may contain.
/// The door builds it straight from the bytes of a request, so that a known series costs no string.
/// </summary>
public static class SeriesKey
{
    public const byte Separator = 0x1F;

    /// <summary>Bytes that suffice for every valid key: nine parts of 200 characters of at most three UTF-8 bytes per UTF-16 unit.</summary>
    public const int LongestKey = 9 * (Source.LongestPart * 3 + 1) + 1;

    public static byte[] Of(Source source, string characteristic) => Encoding.UTF8.GetBytes(string.Join(
        (char)Separator,
        characteristic, source.Site, source.Provider, source.Model, source.ServedModel, source.Operation, source.Application, source.Host, source.Device,
        source.Demo ? "d" : ""));
}

/// <summary>Equality of keys by their bytes, with look-up by span.</summary>
internal sealed class SeriesKeyComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = new HashCode();
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }
}

using System.Text.Json;

namespace LLMscope.Service.Samples;

/// <summary>The time of an item: RFC 3339 with its offset, neither in the future nor older than what is kept.</summary>
internal static class EventTime
{
    private const int ShortestText = 17; // 2026-11-21T08:00Z
    private const int LongestText = 64;

    /// <param name="time">In UTC and whole microseconds, the resolution of the archive; null where the item leaves it out.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static string? Read(ref Utf8JsonReader reader, DateTime now, DateTime oldest, TimeSpan tolerance, out DateTime? time)
    {
        time = null;
        if (reader.TokenType == JsonTokenType.Null)
            return null;

        if (reader.TokenType != JsonTokenType.String || !NamesItsOffset(ref reader) || !reader.TryGetDateTimeOffset(out var at))
            return "must be an RFC 3339 time with its offset, for example 2026-11-21T08:00:00.123Z";

        return Check(at, now, oldest, tolerance, out time);
    }

    public static string? Check(DateTimeOffset at, DateTime now, DateTime oldest, TimeSpan tolerance, out DateTime? time)
    {
        time = WholeMicroseconds(at);
        if (time > now + tolerance)
            return $"is more than {tolerance.TotalMinutes:0} minutes in the future; it is {now:yyyy-MM-dd'T'HH:mm:ss'Z'} here";

        return time < oldest ? $"is older than samples are kept, which is since {oldest:yyyy-MM-dd'T'HH:mm:ss'Z'}" : null;
    }

    public static DateTime WholeMicroseconds(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);

    private static bool NamesItsOffset(ref Utf8JsonReader reader)
    {
        if (!reader.HasValueSequence)
            return NamesItsOffset(reader.ValueSpan);

        // The text lies across two buffers of the request.
        Span<byte> text = stackalloc byte[LongestText];
        return reader.ValueSequence.Length <= LongestText && NamesItsOffset(text[..reader.CopyString(text)]);
    }

    // Without an offset a time would silently be taken for the local time of this machine.
    public static bool NamesItsOffset(ReadOnlySpan<byte> text) =>
        text.Length >= ShortestText && (text[^1] is (byte)'Z' or (byte)'z' || text[^6] is (byte)'+' or (byte)'-');
}

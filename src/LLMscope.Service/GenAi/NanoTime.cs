namespace LLMscope.Service.GenAi;

/// <summary>Times of OTLP, in nanoseconds since 1970.</summary>
internal static class NanoTime
{
    /// <summary>In UTC and whole microseconds. Every value has one: the last is in the year 2554.</summary>
    public static DateTime Utc(ulong nanos) => DateTime.UnixEpoch.AddTicks((long)(nanos / 1_000) * TimeSpan.TicksPerMicrosecond);

    public static double Seconds(ulong nanos) => nanos / 1e9;
}

using LLMscope.Service.Histograms;

namespace LLMscope.Service.GenAi;

/// <summary>What a counter or a histogram has come to since it began; or, of a delta, in its interval.</summary>
/// <param name="StartNanos">When it began; 0 where that is not known.</param>
/// <param name="Count">The observations of a histogram; 0 of a counter.</param>
/// <param name="Sum">Of the observations, or of the counter; null where the sender has none.</param>
/// <param name="Buckets">Null of a counter, and where they are not sent or cannot be read.</param>
internal sealed record StreamReading(ulong StartNanos, ulong TimeNanos, double Count, double? Sum, Buckets? Buckets)
{
    /// <summary>Seconds since it began; 0 where that is not known.</summary>
    public double Seconds => StartNanos > 0 && TimeNanos > StartNanos ? NanoTime.Seconds(TimeNanos - StartNanos) : 0;

    /// <summary>What came between an earlier reading of the same stream and this one.</summary>
    /// <remarks>The time between is the interval then, whenever the stream began.</remarks>
    public StreamReading Since(StreamReading earlier) =>
        new(earlier.TimeNanos, TimeNanos, Count - earlier.Count, Sum - earlier.Sum, earlier.Buckets is null ? null : Buckets?.Minus(earlier.Buckets));

    /// <summary>The same interval of two streams of one source.</summary>
    public StreamReading Plus(StreamReading other) => new(
        Math.Min(StartNanos, other.StartNanos), Math.Max(TimeNanos, other.TimeNanos), Count + other.Count, Sum + other.Sum,
        other.Buckets is null ? null : Buckets?.Plus(other.Buckets));

    /// <summary>Whether this cannot be the same stream any further on: whatever it counts became less.</summary>
    public bool IsBelow(StreamReading earlier) => Count < earlier.Count || Sum < earlier.Sum;
}

namespace LLMscope.Service.GenAi;

/// <summary>
/// What cumulative metrics came to when they were last seen, so that the next time yields what was gained. Thread-safe.
/// </summary>
/// <remarks>
/// OpenTelemetry, Metrics Data Model, "Resets and Gaps". The first point of a stream is only the reference for the next one, since what it counts may be of long ago,
/// unless it says that it began after this began to watch. A new start time is a new stream; a count that falls without one is a stream that began again at zero
/// since it was last seen, as Prometheus takes it. A point that comes again yields the same again: the sender had no answer, and what was stored is known by its key.
/// </remarks>
/// <param name="since">Since when every stream is watched, in nanoseconds since 1970.</param>
/// <param name="most">Streams that are remembered. Beyond it the one that was not seen for the longest is forgotten; when it comes again it begins anew.</param>
internal sealed class CumulativeStreams(ulong since, int most = CumulativeStreams.MostStreams)
{
    /// <summary>A histogram of the usual 15 buckets takes half a kilobyte here, one of the 160 of an exponential histogram three.</summary>
    public const int MostStreams = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, LinkedListNode<Seen>> _streams = [];
    private readonly LinkedList<Seen> _byUse = []; // the most recent first
    private ulong _since = since;
    private long _forgotten;

    /// <summary>Streams that were forgotten for want of room.</summary>
    public long Forgotten => Interlocked.Read(ref _forgotten);

    /// <summary>What a stream gained since it was last seen; null where that is not known, or where this is older than that.</summary>
    public StreamReading? Gain(Guid stream, StreamReading now)
    {
        lock (_lock)
        {
            if (!_streams.TryGetValue(stream, out var node))
                return Begin_NeedsLock(stream, now);

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            var seen = node.Value;
            if (now.TimeNanos < seen.Last.TimeNanos)
                return null;
            if (now.TimeNanos == seen.Last.TimeNanos)
                return seen.Gain;

            node.Value = seen with { Last = now, Gain = GainOf(seen.Last, now) };
            return node.Value.Gain;
        }
    }

    private static StreamReading? GainOf(StreamReading last, StreamReading now)
    {
        var begunAgain = now.StartNanos != 0 && last.StartNanos != 0 && now.StartNanos != last.StartNanos;
        if (!begunAgain)
            return now.IsBelow(last) ? now with { StartNanos = last.TimeNanos } : now.Since(last);

        // Two that count at the same time under one name: what is new in the second is not known.
        return now.StartNanos >= last.TimeNanos && now.StartNanos < now.TimeNanos ? now : null;
    }

    private StreamReading? Begin_NeedsLock(Guid stream, StreamReading now)
    {
        // A start that is also the time of the point stands for one that is not known.
        var gain = now.StartNanos >= _since && now.StartNanos < now.TimeNanos ? now : null;
        _streams[stream] = _byUse.AddFirst(new Seen(stream, now, gain));
        if (_streams.Count > most)
        {
            _streams.Remove(_byUse.Last!.Value.Stream);
            _byUse.RemoveLast();
            Interlocked.Increment(ref _forgotten);

            // One that was forgotten looks like a new one when it comes again; only what begins from now on is known to be new.
            _since = Math.Max(_since, now.TimeNanos);
        }

        return gain;
    }

    private sealed record Seen(Guid Stream, StreamReading Last, StreamReading? Gain);
}

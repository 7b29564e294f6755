namespace LLMscope.Spc.RareEvents;

/// <summary>Measures the time between two events: the points of a t chart.</summary>
public sealed class TimeBetweenEvents
{
    private DateTimeOffset? _last;

    /// <summary>Takes the next event.</summary>
    /// <returns>Seconds since the event before; null for the first of a segment, and for one that is earlier than the last, which is left out.</returns>
    public double? Add(DateTimeOffset at)
    {
        if (at < _last)
            return null;

        var seconds = (at - _last)?.TotalSeconds;
        _last = at;
        return seconds;
    }

    /// <summary>Forgets the last event: no time reaches over an outage of measurement or a new baseline.</summary>
    public void Break() => _last = null;
}

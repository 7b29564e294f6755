namespace LLMscope.Spc.RareEvents;

/// <summary>Counts the units between two with an event, such as the good calls between two failed ones: the points of a g chart.</summary>
public sealed class UnitsBetweenEvents
{
    private long? _since;

    /// <summary>The units since the last event, or null where there was none yet.</summary>
    public long? Running => _since;

    /// <summary>Takes the next unit.</summary>
    /// <returns>The gap that this event closes; null for a unit without the event and for the first event of a segment.</returns>
    public long? Add(bool isEvent)
    {
        if (!isEvent)
        {
            _since++;
            return null;
        }

        var gap = _since;
        _since = 0;
        return gap;
    }

    /// <summary>Forgets the last event: no gap reaches over missing units or a new baseline.</summary>
    public void Break() => _since = null;
}

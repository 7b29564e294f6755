using LLMscope.Monitoring.Samples;

namespace LLMscope.Monitoring.Charts;

/// <summary>The units since the last event, which are no point before the next one comes: months of good calls may be one.</summary>
/// <param name="units">Those counted so far.</param>
/// <param name="through">The last sample that was counted; a restart reads some of them again.</param>
internal sealed class OpenGap(long units = 0, long through = 0)
{
    public long Units { get; private set; } = units;

    public long Through { get; private set; } = through;

    /// <summary>Takes the next sample.</summary>
    /// <returns>
    /// The units before its event; null for a sample without one. What stands for several calls has its good ones first, and its events are one.
    /// </returns>
    public long? Add(in Sample sample, long sequence)
    {
        if (sequence <= Through)
            return null;

        Through = sequence;
        var events = sample.Value > 0 ? Math.Clamp((long)Math.Round(sample.Value * sample.Count), 1, sample.Count) : 0;
        Units += sample.Count - events;
        if (events == 0)
            return null;

        var gap = Units;
        Units = 0;
        return gap;
    }
}

namespace LLMscope.Spc.Prediction;

/// <summary>The usual level at each half hour of the day (UTC), as a difference from the level of all day.</summary>
/// <param name="Offsets">On the scale of the chart, from midnight.</param>
public sealed record TimeOfDay(IReadOnlyList<double> Offsets) : Adjustment
{
    public const int Slots = 48;

    /// <summary>Fewer days do not tell the time of day from what happened that day.</summary>
    public static readonly TimeSpan ShortestBaseline = TimeSpan.FromDays(3);

    // A slot of so many points counts half: few points tell little of their half hour.
    private const double Shrinkage = 20;

    private readonly double[] _offsets = [.. Offsets];

    /// <param name="values">On the scale of the chart.</param>
    /// <param name="contexts">As many, in the order of time.</param>
    /// <returns>Null where the baseline is too short.</returns>
    public static TimeOfDay? Fit(ReadOnlySpan<double> values, ReadOnlySpan<PointContext> contexts)
    {
        if (contexts.Length == 0 || contexts[^1].Time - contexts[0].Time < ShortestBaseline)
            return null;

        var slots = new List<double>[Slots];
        for (var slot = 0; slot < Slots; slot++)
            slots[slot] = [];
        for (var i = 0; i < values.Length; i++)
            slots[SlotOf(contexts[i].Time)].Add(values[i]);

        var level = MathNet.Numerics.Statistics.Statistics.Median(values.ToArray());
        return new TimeOfDay(Array.ConvertAll(slots, slot => slot.Count == 0
            ? 0
            : (MathNet.Numerics.Statistics.Statistics.Median(slot) - level) * slot.Count / (slot.Count + Shrinkage)));
    }

    public override double Of(in PointContext context) => _offsets[SlotOf(context.Time)];

    public bool Equals(TimeOfDay? other) => other is not null && Offsets.SequenceEqual(other.Offsets);

    public override int GetHashCode() => HashCode.Combine(Offsets[0], Offsets[^1]);

    private static int SlotOf(DateTime time) => (int)(time.TimeOfDay.Ticks * Slots / TimeSpan.TicksPerDay);
}

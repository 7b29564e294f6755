namespace LLMscope.Spc.Individuals;

/// <summary>The grid on which rounded values lie, or none where <see cref="Step"/> is 0.</summary>
/// <param name="Origin">A value on the grid, in data units.</param>
/// <param name="Step">The distance of neighbouring representable values, in data units.</param>
public sealed record ValueGrid(double Origin, double Step, int DistinctValues)
{
    // Decimal fractions are not exact in binary: what differs by less is the same value.
    private const double Tolerance = 1e-6;

    /// <summary>The smallest difference of distinct values, if every value is a whole number of such steps from the first.</summary>
    public static ValueGrid Find(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToArray();
        var noise = 1e-12 * Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1]));
        var step = double.PositiveInfinity;
        var distinct = 1;
        for (var i = 1; i < sorted.Length; i++)
        {
            var difference = sorted[i] - sorted[i - 1];
            if (difference <= noise)
                continue;
            distinct++;
            step = Math.Min(step, difference);
        }

        var origin = sorted[0];
        var onGrid = distinct > 1 && sorted.All(value => IsWhole((value - origin) / step));
        return new ValueGrid(origin, onGrid ? step : 0, distinct);
    }

    /// <summary>The step on the transformed scale at a value in data units.</summary>
    public double StepOn(Transform transform, double value) => transform == Transform.Log ? Step / value : Step;

    /// <summary>
    /// Puts each line half way between the representable values next to it. A line on a representable value moves outwards, the centre line
    /// to the side that leaves the more equal halves.
    /// </summary>
    public ZoneLimits PutBetween(ZoneLimits limits, IReadOnlyList<double> values)
    {
        var centre = Centre(limits.Centre, values);
        return new ZoneLimits(
            Math.Min(centre, Between(limits.Lower3, -1)), Math.Min(centre, Between(limits.Lower2, -1)), Math.Min(centre, Between(limits.Lower1, -1)),
            centre,
            Math.Max(centre, Between(limits.Upper1, 1)), Math.Max(centre, Between(limits.Upper2, 1)), Math.Max(centre, Between(limits.Upper3, 1)));
    }

    /// <summary>The centre line between two representable values; from a value itself it moves to the side that leaves the more equal halves.</summary>
    public double Centre(double centre, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!IsWhole((centre - Origin) / Step))
            return Between(centre, -1);

        var below = values.Count(value => value < centre - (Step / 2));
        var above = values.Count(value => value > centre + (Step / 2));
        return centre + (below >= above ? -Step / 2 : Step / 2);
    }

    /// <summary>The middle between the representable values on either side of a line; from a value itself it moves outwards.</summary>
    /// <param name="outwards">1 for an upper line, -1 for a lower one.</param>
    public double Between(double line, int outwards)
    {
        var steps = (line - Origin) / Step;
        var cell = IsWhole(steps) ? Math.Round(steps) + (0.5 * outwards) : Math.Floor(steps) + 0.5;
        return Origin + (cell * Step);
    }

    private static bool IsWhole(double steps) => Math.Abs(steps - Math.Round(steps)) < Tolerance * Math.Max(1, Math.Abs(steps));
}

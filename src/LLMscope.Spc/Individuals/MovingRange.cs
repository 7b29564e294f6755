namespace LLMscope.Spc.Individuals;

/// <summary>The running moving range of a segment: the distance of neighbouring values on the transformed scale.</summary>
public sealed class MovingRange(Transform transform)
{
    private double _previous = double.NaN;

    /// <summary>|T(x_t) - T(x_t-1)|, or not a number for the first value of a segment and for a missing one, which is skipped.</summary>
    public double Add(double value)
    {
        if (double.IsNaN(value))
            return double.NaN;

        var transformed = transform.Apply(value);
        var range = Math.Abs(transformed - _previous);
        _previous = transformed;
        return range;
    }

    /// <summary>Forgets the last value: no range reaches over a gap or a new baseline.</summary>
    public void Break() => _previous = double.NaN;
}

namespace LLMscope.Spc.Comparison;

/// <summary>The values of one sample in ascending order, without the missing ones.</summary>
public sealed class SortedSample
{
    private readonly double[] _values;

    public SortedSample(ReadOnlySpan<double> values)
    {
        _values = Present(values);
        Array.Sort(_values);
    }

    public int Count => _values.Length;

    public ReadOnlySpan<double> Values => _values;

    /// <summary>The values in their own order, without those that are not a number.</summary>
    public static double[] Present(ReadOnlySpan<double> values)
    {
        var present = new List<double>(values.Length);
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
                present.Add(value);
        }

        return [.. present];
    }

    /// <summary>
    /// Interpolated between neighbours at (n - 1) q: definition 7 of Hyndman and Fan, The American Statistician 50(4), 1996, 361-365, the default
    /// of R. Not a number where there are no values.
    /// </summary>
    public double Quantile(double quantile) => Quantile(_values, quantile);

    /// <inheritdoc cref="Quantile(double)"/>
    /// <param name="ascending">Values in order, none of them missing.</param>
    public static double Quantile(ReadOnlySpan<double> ascending, double quantile)
    {
        if (ascending.IsEmpty)
            return double.NaN;

        var (below, weight) = Place(ascending.Length, quantile);
        return weight == 0 ? ascending[below] : ascending[below] + (weight * (ascending[below + 1] - ascending[below]));
    }

    /// <summary>The index of the value below a quantile and the weight of the next one.</summary>
    public static (int Below, double Weight) Place(int count, double quantile)
    {
        var place = (count - 1) * quantile;
        var below = (int)place;
        return (below, place - below);
    }
}

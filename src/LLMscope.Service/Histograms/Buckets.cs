namespace LLMscope.Service.Histograms;

/// <summary>How many of some observations fell into each of a row of ranges. Counts of different times and sources add and subtract where their ranges can be compared.</summary>
internal abstract class Buckets
{
    /// <returns>Null where the ranges cannot be compared.</returns>
    public abstract Buckets? Plus(Buckets other);

    /// <summary>What came after these earlier counts.</summary>
    /// <returns>Null where the ranges cannot be compared, or a count fell.</returns>
    public abstract Buckets? Minus(Buckets earlier);

    /// <summary>An estimate; not a number where there are no observations.</summary>
    /// <param name="quantile">From 0 to 1.</param>
    public abstract double Quantile(double quantile);
}

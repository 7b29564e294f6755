namespace LLMscope.Spc;

/// <summary>An estimated number and the interval that holds the true one as often as was asked for; not numbers where there is nothing to tell.</summary>
public readonly record struct Estimate(double Value, double Lower, double Upper)
{
    public static Estimate None { get; } = new(double.NaN, double.NaN, double.NaN);

    public bool IsKnown => !double.IsNaN(Value);

    /// <summary>Whether the interval leaves a value out; no, where nothing is known.</summary>
    public bool Excludes(double value) => value < Lower || value > Upper;

    public bool LiesWithin(double lower, double upper) => lower <= Lower && Upper <= upper;

    /// <summary>The same estimate on another scale.</summary>
    /// <param name="map">Increasing.</param>
    public Estimate Map(Func<double, double> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new(map(Value), map(Lower), map(Upper));
    }
}

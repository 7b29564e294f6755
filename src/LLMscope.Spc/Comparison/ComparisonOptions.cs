namespace LLMscope.Spc.Comparison;

/// <summary>What counts as a change between two periods.</summary>
public sealed record ComparisonOptions
{
    /// <summary>The quantile that stands for slow calls, in (0, 1).</summary>
    public double TailQuantile
    {
        get;
        init => field = value is > 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A quantile lies between 0 and 1.");
    } = 0.95;

    /// <summary>The least relative change of a quantile that matters: 0.05 for five percent.</summary>
    public double MinimumChange { get; init => field = NotNegative(value); } = 0.05;

    /// <summary>The least difference of the shares of errors that matters: 0.005 for half a percentage point.</summary>
    public double MinimumErrorChange { get; init => field = NotNegative(value); } = 0.005;

    public BootstrapOptions Bootstrap { get; init; } = new();

    private static double NotNegative(double value)
        => value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A least change is not negative.");
}

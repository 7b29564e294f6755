namespace LLMscope.Monitoring.Charts;

/// <summary>The least change that people want to be told of. A smaller one is judged, drawn and recorded, and nobody is called.</summary>
/// <param name="Absolute">In the unit of the series, 0 or more.</param>
/// <param name="Relative">As a share of the centre line, 0 or more.</param>
public sealed record PracticalEffect(double Absolute, double Relative)
{
    public static PracticalEffect Any { get; } = new(0, 0);

    /// <param name="shift">The estimated change, in the unit of the series.</param>
    /// <param name="centre">The centre line.</param>
    public bool IsReachedBy(double shift, double centre) => Math.Abs(shift) >= Math.Max(Absolute, Relative * Math.Abs(centre));
}

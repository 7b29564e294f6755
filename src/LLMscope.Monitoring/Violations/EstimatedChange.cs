namespace LLMscope.Monitoring.Violations;

/// <summary>What is estimated of the change behind a signal.</summary>
/// <param name="BeganNumber">The first point of it.</param>
/// <param name="Shift">The mean distance from the centre line since then, in the unit of the series.</param>
/// <param name="Share">The same as a share of the centre line; null where that is zero.</param>
public sealed record EstimatedChange(long BeganNumber, DateTime BeganAt, double Shift, double? Share);

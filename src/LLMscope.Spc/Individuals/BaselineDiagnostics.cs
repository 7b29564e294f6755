namespace LLMscope.Spc.Individuals;

/// <summary>What the values of a baseline look like on the scale of the chart.</summary>
/// <param name="Skewness">The third standardised moment; 0 for a symmetric distribution.</param>
/// <param name="Autocorrelation">The correlation of neighbouring values (lag 1), from -1 to 1.</param>
/// <param name="DistinctValues">How many different values there are.</param>
/// <param name="Resolution">The step of the grid on which all values lie, in data units, or 0 where there is none.</param>
public sealed record BaselineDiagnostics(double Skewness, double Autocorrelation, int DistinctValues, double Resolution);

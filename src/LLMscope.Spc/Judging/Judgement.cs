using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Judging;

/// <summary>What was made of one point.</summary>
/// <param name="Expected">By circumstances and forecast, on the transformed scale; not a number where the point was missing.</param>
/// <param name="Residual">The distance from it.</param>
/// <param name="Score">Standard normal in control.</param>
/// <param name="Signals">What is violated, alerting and diagnosing alike.</param>
/// <param name="ChangeBegan">Where the CUSUM signals, how many points ago the change is estimated to have begun.</param>
public readonly record struct Judgement(double Expected, double Residual, double Score, RuleSignals Signals, int ChangeBegan)
{
    public static Judgement Missing { get; } = new(double.NaN, double.NaN, double.NaN, default, 0);

    public bool IsMissing => double.IsNaN(Residual);
}

using LLMscope.Spc.Baselines;

namespace LLMscope.Spc.Judging;

/// <summary>What the points of one size are judged by.</summary>
/// <param name="Model">Takes a point to its residual and score.</param>
/// <param name="Line">The line at a signed score where the chart draws its own; null for the model's.</param>
/// <param name="HasScale">False where nothing tells how far a point may stray, so that scores, and whatever adds them up, mean nothing.</param>
public sealed record ChartLines(ProcessModel Model, Func<double, double>? Line = null, bool HasScale = true);

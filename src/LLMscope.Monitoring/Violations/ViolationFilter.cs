using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Violations;

/// <summary>Which violations are asked for. What is null does not matter.</summary>
/// <param name="From">Opened at or after.</param>
/// <param name="To">Opened before.</param>
/// <param name="Rules">Any of these rules signalled.</param>
public sealed record ViolationFilter(
    DateTime? From = null, DateTime? To = null, RuleSet? Rules = null, string? Model = null, ViolationState? State = null, int? ChartId = null);

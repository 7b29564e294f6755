using LLMscope.Monitoring;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc.Rules;

namespace LLMscope.Service.Violations;

/// <summary>How seldom chance makes what opened a violation, for the violations of one request: those of a chart share their numbers.</summary>
internal sealed class ViolationRarity(ChartBoard board)
{
    // Bounded by the charts and rules of one answer.
    private readonly Dictionary<(int ChartId, RuleSet Rules), double?> _known = [];

    public double? Of(Violation violation)
    {
        var key = (violation.ChartId, violation.FirstRules);
        if (!_known.TryGetValue(key, out var points))
            _known[key] = points = ViolationExplanation.OnceInPoints(violation, board.Find(violation.ChartId)?.Detection);
        return points;
    }
}

using LLMscope.Spc.Judging;

namespace LLMscope.Monitoring.Charts;

/// <summary>What is stored of a chart beside its plan and its points.</summary>
/// <param name="Baseline">The one in force; null while one is collected.</param>
/// <param name="CollectsFrom">The first point of the baseline that is collected, or of the one in force.</param>
/// <param name="PlannedFrom">The first point that was made as the plan says.</param>
internal sealed record StoredState(Baseline? Baseline, Detection? Detection, string? Problem, RebaselineProposal? Proposal, long CollectsFrom, long PlannedFrom = 1)
{
    /// <summary>Of a chart of the units between two events.</summary>
    public OpenGap Gap { get; init; } = new();
}

namespace LLMscope.Monitoring.Charts;

/// <summary>Why a new baseline seems due, and from which point on.</summary>
/// <param name="FromNumber">The first point of it.</param>
/// <param name="Reason">For people.</param>
public sealed record RebaselineProposal(long FromNumber, DateTime From, string Reason, DateTime ProposedAt);

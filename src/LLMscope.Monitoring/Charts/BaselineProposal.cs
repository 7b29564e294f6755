namespace LLMscope.Monitoring.Charts;

/// <summary>What a kind of chart makes of the points collected for a baseline: limits, or the reason why there are none yet.</summary>
/// <param name="Estimate">Null exactly where there is a problem.</param>
/// <param name="Problem">For people.</param>
internal sealed record BaselineProposal(BaselineEstimate? Estimate, string? Problem)
{
    public static BaselineProposal Of(BaselineEstimate estimate) => new(estimate, null);

    public static BaselineProposal Without(string problem) => new(null, problem);
}

namespace LLMscope.Monitoring.Charts;

/// <summary>A marker in time: a deploy, a change of model or baseline, a comment.</summary>
/// <param name="ChartId">The chart that it belongs to; null for all, or all of <paramref name="Model"/>.</param>
public sealed record Annotation(
    Guid Id, DateTime Time, string Kind, string Text, int? ChartId, string? Model, bool Demo, DateTime CreatedAt)
{
    public const string Deploy = "deploy";
    public const string ModelChange = "model_change";
    public const string BaselineChange = "baseline_change";
    public const string Comment = "comment";

    public static IReadOnlyList<string> Kinds { get; } = [Deploy, ModelChange, BaselineChange, Comment];
}

using LLMscope.Spc.Individuals;

namespace LLMscope.Spc.Baselines;

/// <summary>A frozen model of the process in control, or why there is none; what was left out of it; and why it is as it is.</summary>
/// <param name="Model">Null exactly where <paramref name="Problem"/> is one.</param>
/// <param name="Excluded">In the order of their indices.</param>
/// <param name="Reasons">Sentences for people, in the order of the choices.</param>
/// <param name="Warnings">What makes the limits less trustworthy than they look.</param>
public sealed record PhaseOneResult(
    ProcessModel? Model,
    BaselineProblem Problem,
    IReadOnlyList<ExcludedValue> Excluded,
    IReadOnlyList<string> Reasons,
    BaselineWarnings Warnings,
    BaselineDiagnostics Diagnostics)
{
    internal static PhaseOneResult Without(BaselineProblem problem, BaselineStudy study)
        => new(null, problem, study.Excluded, study.Reasons, BaselineWarnings.None, study.Diagnostics);

    internal static PhaseOneResult With(ProcessModel model, BaselineStudy study)
        => new(model, BaselineProblem.None, study.Excluded, study.Reasons, study.Warnings, study.Diagnostics);
}

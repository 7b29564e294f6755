using LLMscope.Monitoring.Samples;
using LLMscope.Spc;
using LLMscope.Spc.Attributes;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Charts;

/// <summary>What the user wants of a chart. Immutable: another plan is another object.</summary>
/// <param name="Subgroup">The time that one point stands for; zero where every sample is a point.</param>
/// <param name="Rules">What may be judged; a budget says which of them open a violation, and with which numbers. None where the chart only records.</param>
/// <param name="BaselinePoints">Good points that the first, provisional baseline is estimated from.</param>
public sealed record ChartPlan(ChartKind Kind, Transform Transform, TimeSpan Subgroup, RuleSet Rules, int BaselinePoints)
{
    public const int UsualBaselinePoints = PhaseOne.ProvisionalValues;

    /// <summary>Everything that is judged unless someone switches it off.</summary>
    public const RuleSet Everything = RuleSet.All | RuleSet.Cusum | RuleSet.Level;

    /// <summary>A point of an error chart covers this time.</summary>
    public static readonly TimeSpan ProportionSubgroup = TimeSpan.FromMinutes(1);

    public ChartChoices Choices { get; init; } = ChartChoices.Default;

    /// <summary>The plan of a series that nobody has planned yet.</summary>
    public static ChartPlan For(Characteristic characteristic) => characteristic.Nature switch
    {
        CharacteristicNature.Measurement => new(ChartKind.Individuals, characteristic.Transform, TimeSpan.Zero, Everything, UsualBaselinePoints),
        CharacteristicNature.Event => new(ChartKind.Proportion, Transform.None, ProportionSubgroup, ProportionBaseline.SuitableRules, ProportionBaseline.FewestSubgroups),

        // The state of the host is context for violations. Utilisation is so autocorrelated that Nelson rules on it
        // would flag thousands of in-control points in ten thousand; it is recorded and shown, not judged.
        CharacteristicNature.HostState => new(ChartKind.Record, Transform.None, TimeSpan.Zero, RuleSet.None, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(characteristic), characteristic.Nature, "An unknown nature."),
    };
}

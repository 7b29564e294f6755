using LLMscope.Monitoring.Samples;
using LLMscope.Spc;
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

    /// <summary>A point of a chart that counts events covers this time.</summary>
    public static readonly TimeSpan ProportionSubgroup = TimeSpan.FromMinutes(1);

    public ChartChoices Choices { get; init; } = ChartChoices.Default;

    /// <summary>The plan of a series that nobody has planned yet.</summary>
    public static ChartPlan For(Characteristic characteristic) => For(characteristic, characteristic.Nature switch
    {
        CharacteristicNature.Measurement => ChartKind.Individuals,
        CharacteristicNature.Event => ChartKind.Proportion,

        // The state of the host is context for violations. Utilisation is so autocorrelated that Nelson rules on it
        // would flag thousands of in-control points in ten thousand; it is recorded and shown, not judged.
        CharacteristicNature.HostState => ChartKind.Record,
        CharacteristicNature.Joint => ChartKind.HotellingT2,
        _ => throw new ArgumentOutOfRangeException(nameof(characteristic), characteristic.Nature, "An unknown nature."),
    });

    /// <summary>The plan of someone who chose no more than the kind.</summary>
    public static ChartPlan For(Characteristic characteristic, ChartKind kind) =>
        ChartKinds.Of(kind)?.Usual(characteristic) ?? new(kind, Transform.None, TimeSpan.Zero, RuleSet.None, 0);

    /// <summary>The kinds that a characteristic can be charted as.</summary>
    public static IEnumerable<ChartKind> KindsFor(Characteristic characteristic) =>
        Enum.GetValues<ChartKind>().Where(kind => ChartKinds.Of(kind)?.Suits(characteristic.Nature) ?? characteristic.Nature != CharacteristicNature.Joint);

    /// <summary>The same plan where it stays with its kind; of another kind, what was left as it was before is as usual there.</summary>
    internal ChartPlan After(ChartPlan before, Characteristic characteristic)
    {
        if (Kind == before.Kind)
            return this;

        var usual = For(characteristic, Kind);
        return this with
        {
            Transform = Transform == before.Transform ? usual.Transform : Transform,
            Subgroup = Subgroup == before.Subgroup && ChartKinds.Refusal(this, characteristic) is not null ? usual.Subgroup : Subgroup,
            Rules = Rules == before.Rules ? usual.Rules : Rules,
            BaselinePoints = BaselinePoints == before.BaselinePoints ? usual.BaselinePoints : BaselinePoints,
        };
    }
}

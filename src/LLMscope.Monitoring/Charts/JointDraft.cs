using LLMscope.Monitoring.Alerts;
using LLMscope.Monitoring.Samples;
using LLMscope.Spc.Judging;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Monitoring.Charts;

/// <summary>A joint chart that someone wants, in the words in which they say it.</summary>
/// <param name="Characteristics">By name, of one source; at least two and at most eight that are measured.</param>
public sealed record JointDraft(IReadOnlyList<string> Characteristics)
{
    public const int MostCharacteristics = 8;

    private const int LongestName = 80;
    private const double LeastLambda = 0.02;

    /// <summary>hotellingT2 or mewma; the former where it is left out.</summary>
    public string? Kind { get; init; }

    /// <summary>What it is called among the charts of its source; its characteristics where it is left out.</summary>
    public string? Name { get; init; }

    /// <summary>The time that a point stands for; a minute where it is left out.</summary>
    public double? SubgroupSeconds { get; init; }

    /// <summary>How much the newest point counts in a MEWMA.</summary>
    public double? Lambda { get; init; }

    /// <summary>As <see cref="FalseAlarmBudgetText"/> reads it.</summary>
    public string? Budget { get; init; }

    /// <summary>The kinds that several characteristics can be charted as.</summary>
    public static IReadOnlyList<ChartKind> Kinds { get; } = [ChartKind.HotellingT2, ChartKind.Mewma];

    /// <summary>Whether a characteristic can be one of several.</summary>
    public static bool MayJoin(Characteristic characteristic) => characteristic.Nature is CharacteristicNature.Measurement or CharacteristicNature.HostState;

    internal Characteristic Characteristic => Characteristic.Joint(Name is { Length: > 0 } name ? name : string.Join('+', Characteristics));

    /// <summary>All that is wrong with it for a source, by field, with what is allowed.</summary>
    /// <param name="measured">The characteristics of the source that have charts.</param>
    public IReadOnlyList<FieldProblem> Problems(IReadOnlyList<Characteristic> measured)
    {
        var problems = new List<FieldProblem>();
        var possible = measured.Where(MayJoin).Select(characteristic => characteristic.Name).Order(StringComparer.Ordinal).ToArray();
        if (Characteristics.Count is < JointFit.FewestVariables or > MostCharacteristics)
            Refuse("characteristics", $"must be {JointFit.FewestVariables} to {MostCharacteristics} of {string.Join(", ", possible)}");
        foreach (var name in Characteristics.Where(name => !possible.Contains(name)).Distinct())
            Refuse("characteristics", $"'{name}' is not measured of this source, or only happens or not; possible are {string.Join(", ", possible)}");
        foreach (var name in Characteristics.GroupBy(name => name, StringComparer.Ordinal).Where(name => name.Count() > 1))
            Refuse("characteristics", $"'{name.Key}' is named twice");
        if (Kind is not null && KindOf() is null)
            Refuse("kind", $"must be one of {string.Join(", ", Kinds.Select(PlanDraft.Word))}");
        if (Name is { Length: > 0 } && (Name.Length > LongestName || string.IsNullOrWhiteSpace(Name) || Name.Any(char.IsControl) || Name.Contains('+', StringComparison.Ordinal)))
            Refuse("name", $"must have at most {LongestName} characters, without a plus and control characters");
        if (SubgroupSeconds is not null and not (>= 1 and <= 86_400))
            Refuse("subgroupSeconds", "must be from 1 to 86400");
        if (Lambda is not null and not (>= LeastLambda and <= 1))
            Refuse("lambda", $"must be from {LeastLambda} to 1");
        if (Budget is not null && FalseAlarmBudgetText.Find(Budget) is null)
            Refuse("budget", $"must be {FalseAlarmBudgetText.Allowed}");
        return problems;

        void Refuse(string field, string message) => problems.Add(new FieldProblem(field, message));
    }

    /// <summary>The plan that it comes to. There must be no problems.</summary>
    /// <param name="from">The newest sample of its members so far.</param>
    internal ChartPlan ToPlan(DateTime from)
    {
        var usual = ChartPlan.For(Characteristic, KindOf() ?? ChartKind.HotellingT2);
        return usual with
        {
            Subgroup = SubgroupSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : usual.Subgroup,
            Choices = usual.Choices with
            {
                Budget = FalseAlarmBudgetText.Find(Budget) ?? usual.Choices.Budget,
                Joint = new JointChoice([.. Characteristics], Lambda ?? JointFit.UsualLambda, from),
            },
        };
    }

    private ChartKind? KindOf() => Kinds.Cast<ChartKind?>().FirstOrDefault(kind => PlanDraft.Word(kind!.Value) == Kind);
}

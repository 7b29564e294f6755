using LLMscope.Monitoring.Alerts;
using LLMscope.Monitoring.Samples;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Monitoring.Charts;

/// <summary>What someone wants to change of a plan, in the words in which they say it. What is null stays as it is.</summary>
public sealed record PlanDraft
{
    private static readonly TimeSpan LongestSubgroup = TimeSpan.FromDays(1);

    public string? Kind { get; init; }

    public string? Transform { get; init; }

    public string? Predictor { get; init; }

    /// <summary>The time that a point stands for; 0 where every sample is a point.</summary>
    public double? SubgroupSeconds { get; init; }

    public IReadOnlyList<string>? Rules { get; init; }

    /// <summary>As <see cref="FalseAlarmBudgetText"/> reads it.</summary>
    public string? Budget { get; init; }

    /// <summary>In the unit of the series.</summary>
    public double? EffectAbsolute { get; init; }

    /// <summary>As a share of the centre line.</summary>
    public double? EffectRelative { get; init; }

    public string? Rebaselining { get; init; }

    /// <summary>In the unit of the scale that is judged.</summary>
    public double? SigmaFloor { get; init; }

    /// <summary>The kinds that a series can be charted as.</summary>
    public static IReadOnlyList<ChartKind> KindsOf(Characteristic characteristic) => [.. ChartPlan.KindsFor(characteristic)];

    /// <summary>The rules that charts of a kind can judge.</summary>
    public static RuleSet RulesOf(ChartKind kind) => ChartKinds.Of(kind)?.Rules ?? RuleSet.None;

    /// <summary>A member of an enumeration as it is said, for example <c>timeOfDay</c>.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => $"{char.ToLowerInvariant(value.ToString()[0])}{value.ToString()[1..]}";

    /// <summary>All that is wrong with it for a chart, by field, with what is allowed.</summary>
    public IReadOnlyList<FieldProblem> Problems(Characteristic characteristic, ChartPlan plan)
    {
        var problems = new List<FieldProblem>();
        var kinds = KindsOf(characteristic);
        var kind = Kind is null ? plan.Kind : Find<ChartKind>(Kind) ?? plan.Kind;
        if (Kind is not null && (Find<ChartKind>(Kind) is not { } wanted || !kinds.Contains(wanted)))
            Refuse("kind", OneOf(kinds.Select(Word)));
        if (Transform is not null && Find<TransformChoice>(Transform) is null)
            Refuse("transform", OneOf(Words<TransformChoice>()));
        if (Predictor is not null && Find<PredictorChoice>(Predictor) is null)
            Refuse("predictor", OneOf(Words<PredictorChoice>()));
        if (Rebaselining is not null && Find<RebaseliningPolicy>(Rebaselining) is null)
            Refuse("rebaselining", OneOf(Words<RebaseliningPolicy>()));
        if (Budget is not null && FalseAlarmBudgetText.Find(Budget) is null)
            Refuse("budget", $"must be {FalseAlarmBudgetText.Allowed}");
        if (SubgroupSeconds is { } seconds && SubgroupProblem(seconds, ChartPlan.For(characteristic, kind), characteristic) is { } problem)
            Refuse("subgroupSeconds", problem);
        if (EffectAbsolute is not null and not (>= 0 and < double.PositiveInfinity))
            Refuse("effect.absolute", "must be 0 or more, in the unit of the series");
        if (EffectRelative is not null and not (>= 0 and < double.PositiveInfinity))
            Refuse("effect.relative", "must be 0 or more, as a share of the centre line");
        if (SigmaFloor is not null and not (>= 0 and < double.PositiveInfinity))
            Refuse("sigmaFloor", "must be 0 or more, on the scale of the chart");
        foreach (var name in Rules ?? [])
        {
            if (RuleText.Find(name) is not { } rule || (RulesOf(kind) & rule) == RuleSet.None)
                Refuse("rules", $"'{name}' cannot be judged on this chart; {OneOf(RulesOf(kind).Each().Select(RuleText.Name))}");
        }

        return problems;

        void Refuse(string field, string message) => problems.Add(new FieldProblem(field, message));
    }

    /// <summary>The changed plan. There must be no problems.</summary>
    public ChartPlan ApplyTo(ChartPlan plan, Characteristic characteristic)
    {
        var kind = Find<ChartKind>(Kind) ?? plan.Kind;
        var changed = kind == plan.Kind ? plan : ChartPlan.For(characteristic, kind) with { Choices = plan.Choices };
        var choices = changed.Choices;
        return changed with
        {
            Subgroup = SubgroupSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : changed.Subgroup,
            Rules = Rules?.Aggregate(RuleSet.None, (all, name) => all | RuleText.Find(name)!.Value) ?? changed.Rules,
            Choices = choices with
            {
                Transform = Find<TransformChoice>(Transform) ?? choices.Transform,
                Predictor = Find<PredictorChoice>(Predictor) ?? choices.Predictor,
                Budget = FalseAlarmBudgetText.Find(Budget) ?? choices.Budget,
                Effect = new PracticalEffect(EffectAbsolute ?? choices.Effect.Absolute, EffectRelative ?? choices.Effect.Relative),
                Rebaselining = Find<RebaseliningPolicy>(Rebaselining) ?? choices.Rebaselining,
                SigmaFloor = SigmaFloor ?? choices.SigmaFloor,
            },
        };
    }

    private static string? SubgroupProblem(double seconds, ChartPlan plan, Characteristic characteristic)
    {
        var maySample = ChartKinds.Refusal(plan with { Subgroup = TimeSpan.Zero }, characteristic) is null;
        var mayGroup = ChartKinds.Refusal(plan with { Subgroup = LongestSubgroup }, characteristic) is null;
        if (seconds == 0 ? maySample : mayGroup && seconds >= 1 && seconds <= LongestSubgroup.TotalSeconds)
            return null;

        return mayGroup ? $"must be from 1 to {LongestSubgroup.TotalSeconds:0}{(maySample ? ", or 0 for single samples" : "")}" : "must be 0: every event is a point";
    }

    private static T? Find<T>(string? word)
        where T : struct, Enum => Enum.GetValues<T>().Cast<T?>().FirstOrDefault(value => Word(value!.Value) == word);

    private static IEnumerable<string> Words<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(Word);

    private static string OneOf(IEnumerable<string> allowed) => $"must be one of {string.Join(", ", allowed)}";
}

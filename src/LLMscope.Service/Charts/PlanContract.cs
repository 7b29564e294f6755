using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using LLMscope.Monitoring.Charts;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Cusum;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Service.Charts;

/// <summary>What to change of a plan; what is left out stays as it is.</summary>
/// <param name="Kind">
/// individuals, subgroupMeansS, subgroupMeansR or record; of events proportion, proportionPrime, unitCount, count, rate, ratePrime, timeBetween or unitsBetween: as far as the series allows.
/// </param>
/// <param name="Transform">auto, none, log or scores.</param>
/// <param name="Predictor">auto, none, ewma, ar, tokens or timeOfDay.</param>
/// <param name="SubgroupSeconds">The time of one point; 0 where every sample is a point.</param>
/// <param name="Rules">What may be judged: R1 to R8, CUSUM, Level.</param>
/// <param name="Budget">quiet, normal, sensitive, classic, or falseAlarms per hour, day, week or month.</param>
/// <param name="Rebaselining">propose, manual or automatic.</param>
/// <param name="SigmaFloor">The least standard deviation that is believed, on the scale of the chart.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PlanRequest(
    string? Kind, string? Transform, string? Predictor, double? SubgroupSeconds, IReadOnlyList<string>? Rules,
    BudgetText? Budget, EffectRequest? Effect, string? Rebaselining, double? SigmaFloor)
{
    internal PlanDraft ToDraft() => new()
    {
        Kind = Kind,
        Transform = Transform,
        Predictor = Predictor,
        SubgroupSeconds = SubgroupSeconds,
        Rules = Rules,
        Budget = Budget?.Text,
        EffectAbsolute = Effect?.Absolute,
        EffectRelative = Effect?.Relative,
        Rebaselining = Rebaselining,
        SigmaFloor = SigmaFloor,
    };
}

/// <param name="Absolute">In the unit of the series.</param>
/// <param name="Relative">As a share of the centre line.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EffectRequest(double? Absolute, double? Relative);

/// <summary>A budget as JSON: its name, or an object with a number of false alarms and the time that they are counted in.</summary>
[JsonConverter(typeof(Converter))]
public sealed record BudgetText(string Text)
{
    internal sealed class Converter : JsonConverter<BudgetText>
    {
        public override BudgetText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
                return new BudgetText(reader.GetString()!);

            var counted = JsonSerializer.Deserialize<Counted>(ref reader, options) ?? throw new JsonException("A budget is a name or an object.");
            return new BudgetText(string.Create(CultureInfo.InvariantCulture, $"{counted.FalseAlarms:R}/{counted.Per}"));
        }

        public override void Write(Utf8JsonWriter writer, BudgetText value, JsonSerializerOptions options)
        {
            var budget = FalseAlarmBudgetText.Find(value.Text);
            if (budget is null || FalseAlarmBudgetText.NameOf(budget) is not null)
                writer.WriteStringValue(value.Text);
            else
                JsonSerializer.Serialize(writer, new Counted(double.Parse(value.Text.Split('/')[0], CultureInfo.InvariantCulture), value.Text.Split('/')[1]), options);
        }
    }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    private sealed record Counted(double FalseAlarms, string Per);
}

/// <summary>What was chosen of a chart's statistics.</summary>
/// <param name="Rules">What may be judged.</param>
/// <param name="AllowedRules">What could be judged on such a chart.</param>
public sealed record ChoicesResponse(
    TransformChoice Transform, PredictorChoice Predictor, BudgetText Budget, PracticalEffect Effect, RebaseliningPolicy Rebaselining, double SigmaFloor,
    IReadOnlyList<string> Rules, IReadOnlyList<string> AllowedRules)
{
    public static ChoicesResponse Of(ChartPlan plan) => new(
        plan.Choices.Transform, plan.Choices.Predictor, new BudgetText(FalseAlarmBudgetText.Of(plan.Choices.Budget)), plan.Choices.Effect, plan.Choices.Rebaselining,
        plan.Choices.SigmaFloor, [.. plan.Rules.Each().Select(RuleText.Name)], [.. PlanDraft.RulesOf(plan.Kind).Each().Select(RuleText.Name)]);
}

/// <summary>What is looked for, with which numbers.</summary>
/// <param name="Alerting">Rules whose signals open a violation.</param>
/// <param name="Diagnosing">Rules whose signals are recorded as a hint at the cause.</param>
/// <param name="Cusum">Null where no cumulative sum is judged.</param>
/// <param name="CountSum">The cumulative sum of counts; null where none is judged.</param>
/// <param name="LevelPoints">How long a forecast level may lie outside what the baseline saw.</param>
/// <param name="ScoreClip">Scores beyond count as this in sums; null for as they are.</param>
public sealed record DetectionResponse(
    IReadOnlyList<string> Alerting, IReadOnlyList<string> Diagnosing, RuleNumbers Parameters, CusumNumbers? Cusum, int LevelPoints, double? ScoreClip,
    CountSumNumbers? CountSum)
{
    /// <summary>On a joint chart what T2 must exceed, and how much the newest point counts in it; left out on any other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JointNumbers? Joint { get; init; }

    public static DetectionResponse Of(Detection detection) => new(
        [.. detection.Alerting.Each().Select(RuleText.Name)],
        [.. detection.Diagnosing.Each().Select(RuleText.Name)],
        RuleNumbers.Of(detection.Parameters),
        detection.Cusum is { } sum ? new CusumNumbers(sum.K, sum.H, Finite(sum.Cap)) : null,
        detection.LevelPoints,
        Finite(detection.ScoreClip),
        detection.Counts is { } counts ? new CountSumNumbers(counts.H, counts.Most, counts.Cap, RateShift.Of(counts.Rise), RateShift.Of(counts.Fall)) : null)
    {
        Joint = detection.Joint is { } joint ? new JointNumbers(joint.Lambda, joint.Limit) : null,
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>The numbers in Nelson's rules: k a width in standard deviations, n a number of points, the digit the rule.</summary>
public sealed record RuleNumbers(double K1, int N2, int N3, int N4, double K5, double K6, double K7, int N7, double K8, int N8)
{
    public static RuleNumbers Of(RuleParameters p) => new(p.K1, p.N2, p.N3, p.N4, p.K5, p.K6, p.K7, p.N7, p.K8, p.N8);
}

/// <param name="Lambda">1 for Hotelling's T2.</param>
/// <param name="Limit">The upper limit; there is no lower one.</param>
public sealed record JointNumbers(double Lambda, double Limit);

/// <param name="K">What a score must exceed to count.</param>
/// <param name="H">What a sum must exceed to signal.</param>
/// <param name="Cap">The most that a sum holds; null without a bound.</param>
public sealed record CusumNumbers(double K, double H, double? Cap);

/// <summary>A sum of logarithms: how much likelier the events of each point are at the rate that is looked for than at the usual one.</summary>
/// <param name="H">What a sum must exceed to signal.</param>
/// <param name="Most">The most that one point adds.</param>
/// <param name="Cap">The most that a sum holds.</param>
/// <param name="Rise">Null where the rate cannot be higher.</param>
/// <param name="Fall">Null where the rate cannot be lower.</param>
public sealed record CountSumNumbers(double H, double Most, double Cap, RateShift? Rise, RateShift? Fall);

/// <param name="From">The usual rate, at the confidence bound of the baseline on this side.</param>
/// <param name="To">The rate that is looked for.</param>
public sealed record RateShift(double From, double To)
{
    internal static RateShift? Of(LikelihoodStep? step) => step is null ? null : new RateShift(step.From, step.To);
}

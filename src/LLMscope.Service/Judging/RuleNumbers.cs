using System.Text.Json.Serialization;
using LLMscope.Spc.Ewma;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;

namespace LLMscope.Service.Judging;

/// <summary>The rules that judged, with their numbers, in the form in which a request may give them.</summary>
public sealed record RuleNumbers
{
    [JsonPropertyName("R1"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WidthNumber? R1 { get; init; }

    [JsonPropertyName("R2"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LengthNumber? R2 { get; init; }

    [JsonPropertyName("R3"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LengthNumber? R3 { get; init; }

    [JsonPropertyName("R4"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LengthNumber? R4 { get; init; }

    [JsonPropertyName("R5"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WidthNumber? R5 { get; init; }

    [JsonPropertyName("R6"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WidthNumber? R6 { get; init; }

    [JsonPropertyName("R7"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ZoneNumbers? R7 { get; init; }

    [JsonPropertyName("R8"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ZoneNumbers? R8 { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CusumNumbers? Cusum { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EwmaNumbers? Ewma { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LevelNumber? Level { get; init; }

    public static RuleNumbers Of(Detection detection)
    {
        var (rules, p) = (detection.Judged, detection.Parameters);
        return new RuleNumbers
        {
            R1 = rules.HasFlag(RuleSet.R1) ? new WidthNumber(p.K1) : null,
            R2 = rules.HasFlag(RuleSet.R2) ? new LengthNumber(p.N2) : null,
            R3 = rules.HasFlag(RuleSet.R3) ? new LengthNumber(p.N3) : null,
            R4 = rules.HasFlag(RuleSet.R4) ? new LengthNumber(p.N4) : null,
            R5 = rules.HasFlag(RuleSet.R5) ? new WidthNumber(p.K5) : null,
            R6 = rules.HasFlag(RuleSet.R6) ? new WidthNumber(p.K6) : null,
            R7 = rules.HasFlag(RuleSet.R7) ? new ZoneNumbers(p.N7, p.K7) : null,
            R8 = rules.HasFlag(RuleSet.R8) ? new ZoneNumbers(p.N8, p.K8) : null,
            Cusum = detection.Cusum is { } cusum ? new CusumNumbers(cusum.K, cusum.H, cusum.HeadStart) : null,
            Ewma = detection.Ewma is { } ewma ? new EwmaNumbers(ewma.Lambda, ewma.L, ewma.Limits) : null,
            Level = rules.HasFlag(RuleSet.Level) ? new LevelNumber(detection.LevelPoints) : null,
        };
    }
}

/// <param name="K">Standard deviations.</param>
public sealed record WidthNumber(double K);

/// <param name="N">Points.</param>
public sealed record LengthNumber(int N);

/// <param name="N">Points.</param>
/// <param name="K">Standard deviations.</param>
public sealed record ZoneNumbers(int N, double K);

/// <param name="Fir">The head start of both sums.</param>
public sealed record CusumNumbers(double K, double H, double Fir);

/// <param name="Limits">Exact ones widen over the first points; fixed ones are those of the steady state.</param>
public sealed record EwmaNumbers(double Lambda, double L, EwmaLimits Limits);

/// <param name="Points">How long the forecast level may lie outside.</param>
public sealed record LevelNumber(int Points);

using System.Text.Json.Serialization;
using LLMscope.Spc;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Service.Judging;

/// <summary>What was made of values of one characteristic, or of rows of several.</summary>
[JsonDerivedType(typeof(JudgeResponse))]
[JsonDerivedType(typeof(JointResponse))]
public abstract record JudgedResponse;

/// <summary>What was made of a series.</summary>
/// <param name="ExpectedFalseAlarms">Null where it is not known.</param>
/// <param name="Signals">In the order of points, then of rules, the detectors last.</param>
public sealed record JudgeResponse(
    JudgedChart Chart, JudgedLimits Limits, ExpectedFalseAlarmsResponse? ExpectedFalseAlarms, IReadOnlyList<SeriesSignalResponse> Signals) : JudgedResponse
{
    /// <summary>The score of each value, where <c>detail</c> was asked for; null where a value is missing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double?>? Scores { get; init; }

    /// <summary>The moving averages, on the chart ewma or where <c>detail</c> was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AverageCourse? Ewma { get; init; }

    /// <summary>The cumulative sums, on the chart cusum or where <c>detail</c> was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SumCourse? Cusum { get; init; }
}

/// <param name="Kind">As in a request; individuals where limits were given.</param>
/// <param name="Transform">none, log or scores.</param>
/// <param name="Scale">The scale under the scores: none or log.</param>
/// <param name="Predictor">none, ewma, ar or tokens; tokens+ar where the rest of the regression is forecast too.</param>
/// <param name="Baseline">Points that the limits were estimated from; 0 where they were given.</param>
/// <param name="Why">The choices that were made, a sentence each.</param>
/// <param name="Warnings">What makes signals less trustworthy than they look, a sentence each.</param>
public sealed record JudgedChart(
    string Kind, string Transform, Transform Scale, string Predictor, int Baseline, RuleNumbers Rules, IReadOnlyList<string> Why, IReadOnlyList<string> Warnings);

/// <summary>The limits: the same for all values, or those of each value.</summary>
[JsonDerivedType(typeof(ConstantLimits))]
[JsonDerivedType(typeof(VaryingLimits))]
public abstract record JudgedLimits;

/// <param name="Sigma">The standard deviation of a point, where the chart is straight on the values' own scale; otherwise null.</param>
/// <param name="Lower">The lower control limit, that of R1 with its own width.</param>
/// <param name="Zones">L3, L2, L1, CL, U1, U2, U3 in the unit of the data.</param>
public sealed record ConstantLimits(double Centre, double? Sigma, double? Lower, double? Upper, IReadOnlyList<double?> Zones) : JudgedLimits;

/// <param name="Centre">Of each value in the unit of the data; null where it is missing.</param>
public sealed record VaryingLimits(IReadOnlyList<double?> Centre, IReadOnlyList<double?> Lower, IReadOnlyList<double?> Upper) : JudgedLimits;

/// <param name="Per">The period of the budget; null for 10,000 points.</param>
/// <param name="Points">Points in that period.</param>
/// <param name="Expected">False alarms where the limits are exactly those of the process.</param>
/// <param name="Average">Over all baselines of this size; null where it is not known.</param>
/// <param name="Low">Nineteen baselines of twenty lead to more; null where it is not known.</param>
/// <param name="High">Nineteen baselines of twenty lead to fewer; null where it is not known.</param>
/// <param name="IsUpperBound">Whether alarms of several detectors were added up, of which one may come with another.</param>
/// <param name="AverageRunLength">Points from one false alarm to the next; null beyond what a number can tell from never.</param>
/// <param name="Note">What it holds for.</param>
public sealed record ExpectedFalseAlarmsResponse(
    BudgetPeriod? Per, double Points, double Expected, double? Average, double? Low, double? High, bool IsUpperBound, double? AverageRunLength, string Note);

/// <param name="Index">Of the judged value, the last of the pattern.</param>
/// <param name="Rule">R1 to R8, CUSUM, EWMA or Level.</param>
/// <param name="Direction">none for R4, R7 and R8.</param>
/// <param name="From">The index of the first value of the rule's window, missing ones left out; for CUSUM of the change that it estimates, for EWMA the first
/// since its average was last on target or on its other side.</param>
public sealed record SeriesSignalResponse(int Index, string Rule, Direction Direction, int From);

/// <param name="Unit">data for the unit of the values, scores for standard deviations.</param>
public sealed record AverageCourse(string Unit, IReadOnlyList<double?> Average, IReadOnlyList<double?> Lower, IReadOnlyList<double?> Upper);

/// <summary>Both sums after each value, in standard deviations.</summary>
public sealed record SumCourse(IReadOnlyList<double?> Upper, IReadOnlyList<double?> Lower);

using System.Text.Json.Serialization;
using LLMscope.Spc.Multivariate;

namespace LLMscope.Service.Judging;

/// <summary>What was made of rows of several characteristics.</summary>
/// <param name="Points">T2 of each row, or of the moving averages after it; null where a number of the row is missing.</param>
/// <param name="Signals">In the order of rows.</param>
public sealed record JointResponse(
    JointChart Chart, JointLimits Limits, ExpectedFalseAlarmsResponse ExpectedFalseAlarms, IReadOnlyList<double?> Points, IReadOnlyList<JointSignal> Signals) : JudgedResponse
{
    /// <summary>Those of every row, where <c>detail</c> was asked for; null where the row was not judged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IReadOnlyList<JointContribution>?>? Contributions { get; init; }
}

/// <param name="Kind">t2 or mewma.</param>
/// <param name="Characteristics">How many there are.</param>
/// <param name="Baseline">Complete rows that the limit was estimated from.</param>
/// <param name="Lambda">How much the newest row counts in the moving averages; null for t2.</param>
/// <param name="Means">Of each characteristic in the baseline.</param>
/// <param name="Sigmas">The standard deviation of each.</param>
/// <param name="Why">The choices that were made, a sentence each.</param>
/// <param name="Warnings">What makes signals less trustworthy than they look, a sentence each.</param>
public sealed record JointChart(
    string Kind, int Characteristics, int Baseline, CovarianceEstimator Covariance, double? Lambda, IReadOnlyList<double> Means, IReadOnlyList<double> Sigmas,
    IReadOnlyList<string> Why, IReadOnlyList<string> Warnings);

/// <param name="Upper">What T2 must exceed to signal; there is no lower limit.</param>
public sealed record JointLimits(double Upper);

/// <param name="Rule">T2 or MEWMA.</param>
/// <param name="Value">The T2 that signals.</param>
/// <param name="Contributions">One for each characteristic, in the order of the columns.</param>
public sealed record JointSignal(int Index, string Rule, double? Value, IReadOnlyList<JointContribution> Contributions);

/// <param name="Characteristic">The index of its column.</param>
/// <param name="Contribution">T2 less the T2 of the other characteristics; small where it does as the others let expect. They need not sum to T2.</param>
/// <param name="Deviation">Of the value from the mean, or of its moving average, in standard deviations of the same.</param>
public sealed record JointContribution(int Characteristic, double? Contribution, double? Deviation);

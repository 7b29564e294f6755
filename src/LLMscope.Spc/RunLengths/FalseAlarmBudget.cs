using System.Text.Json.Serialization;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.RunLengths;

/// <summary>
/// How many false alarms a chart may raise in a time, whatever its pace. The numbers in the rules follow from it and from the chart's interval.
/// </summary>
public sealed record FalseAlarmBudget
{
    [JsonConstructor]
    private FalseAlarmBudget(double alarms, BudgetPeriod period) => (Alarms, Period) = (alarms, period);

    /// <summary>One a month.</summary>
    public static FalseAlarmBudget Quiet { get; } = Of(1, BudgetPeriod.Month);

    /// <summary>One a week.</summary>
    public static FalseAlarmBudget Normal { get; } = Of(1, BudgetPeriod.Week);

    /// <summary>One a day.</summary>
    public static FalseAlarmBudget Sensitive { get; } = Of(1, BudgetPeriod.Day);

    /// <summary>Nelson's numbers as printed, however often they raise a false alarm: for diagnosis, not to wake anyone.</summary>
    public static FalseAlarmBudget Classic { get; } = new(double.NaN, default);

    /// <summary>Not a number for <see cref="Classic"/>.</summary>
    public double Alarms { get; }

    public BudgetPeriod Period { get; }

    /// <param name="alarms">More than zero; a tenth an hour is as good as a whole number.</param>
    public static FalseAlarmBudget Of(double alarms, BudgetPeriod period)
        => alarms > 0 && double.IsFinite(alarms) && Enum.IsDefined(period)
            ? new FalseAlarmBudget(alarms, period)
            : throw new ArgumentOutOfRangeException(nameof(alarms), alarms, "A budget is a positive number of false alarms an hour, a day, a week or a month.");

    /// <summary>The average run length that keeps the budget, in points; null for <see cref="Classic"/>.</summary>
    /// <param name="intervalSeconds">From one point of the chart to the next.</param>
    public double? PointsBetweenAlarms(double intervalSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(intervalSeconds);
        return this == Classic ? null : Seconds / (Alarms * intervalSeconds);
    }

    /// <summary>The numbers with which the rules keep the budget on a chart of this interval.</summary>
    /// <param name="rules">At least one of Nelson's eight.</param>
    /// <exception cref="ArgumentOutOfRangeException">The budget asks for an alarm more often than every <see cref="Calibration.FewestPoints"/> points.</exception>
    public Calibration Calibrate(RuleSet rules, double intervalSeconds)
        => PointsBetweenAlarms(intervalSeconds) is { } points
            ? Calibration.For(rules, points)
            : new Calibration(RuleParameters.Default, RunLength.Of(rules).Mean);

    private double Seconds => Period switch
    {
        BudgetPeriod.Hour => 3_600,
        BudgetPeriod.Day => 86_400,
        BudgetPeriod.Week => 7 * 86_400,
        _ => 30 * 86_400,
    };
}

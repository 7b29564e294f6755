using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;
using MathNet.Numerics.Distributions;

namespace LLMscope.Monitoring.Charts;

/// <summary>The numbers of Nelson's rules that keep a budget on a chart whose lines are those of a known distribution.</summary>
internal static class BudgetedRules
{
    // A chart with more points between two false alarms is silent for ever.
    private const double MostPoints = 1e9;

    /// <summary>The width at which R1 alone raises as many false alarms as are welcome, three for the classic ones.</summary>
    /// <param name="parts">In how many the budget is shared.</param>
    public static double WidthOfR1(FalseAlarmBudget budget, TimeSpan interval, int parts = 1) =>
        PointsBetween(budget, interval, parts) is { } points ? -Normal.InvCDF(0, 1, 0.5 / points) : RuleParameters.Default.K1;

    /// <summary>The rules that a budget gives numbers to open violations, and the others diagnose; all of them open violations where they are the classic ones.</summary>
    public static Detection Detect(FalseAlarmBudget budget, TimeSpan interval, RuleSet allowed)
    {
        var rules = allowed & DetectionDesign.Budgeted;
        if (PointsBetween(budget, interval) is not { } points)
            return Detection.Classic with { Alerting = allowed & RuleSet.All };

        return new Detection
        {
            Alerting = rules,
            Diagnosing = allowed & RuleSet.All & ~rules,
            Parameters = rules == RuleSet.None ? RuleParameters.Default : Calibration.For(rules, points).Parameters,
        };
    }

    /// <summary>The points between two alarms of one of so many parts of a budget; null for the classic one.</summary>
    public static double? PointsBetween(FalseAlarmBudget budget, TimeSpan interval, int parts = 1) =>
        budget.PointsBetweenAlarms(Math.Max(interval.TotalSeconds, 1e-3)) is { } points
            ? Math.Clamp(Math.Max(1, parts) * points, Calibration.FewestPoints, MostPoints)
            : null;
}

using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;

namespace LLMscope.Service.Judging;

/// <summary>The rules that judge, with their numbers, and why these.</summary>
/// <param name="Reasons">Sentences for people.</param>
/// <param name="Warnings">Sentences for people.</param>
internal sealed record DetectionChoice(Detection Detection, IReadOnlyList<string> Reasons, IReadOnlyList<string> Warnings)
{
    private const RuleSet UsualOfBudget = RuleSet.R1 | RuleSet.R2 | RuleSet.R5 | RuleSet.R6;

    /// <returns>Null where the faults say why not.</returns>
    public static DetectionChoice? Of(JudgeRequest request, FittedChart chart)
    {
        var rules = request.Rules.Judged ?? Usual(request, chart);
        var reasons = new List<string>();
        var warnings = new List<string>();
        if (request.Rules.Judged is null && chart.SuitableRules != RuleSet.All)
            reasons.Add($"Judged are those of the usual rules that keep their meaning here: {Names(rules)}.");
        if ((rules & RuleSet.All & ~chart.SuitableRules) is not RuleSet.None and var unsuitable)
            warnings.Add($"{Names(unsuitable)} signal at another rate than announced on this chart.");
        if (chart.VariesBySize && (rules & (RuleSet.R3 | RuleSet.R4)) != RuleSet.None)
            warnings.Add("R3 and R4 compare points as they are plotted, whatever their sizes.");
        FindFaults(request, chart, rules);
        if (request.Place.Faults.Any)
            return null;

        if (request.Budget is not { IsClassic: false } budget)
            return new DetectionChoice(request.Rules.For(rules), reasons, warnings);

        if (rules.HasFlag(RuleSet.Level))
            warnings.Add("The level has no share in the budget.");
        try
        {
            var detection = BudgetedDetection.For(
                rules, budget.Budget.PointsBetweenAlarms(budget.IntervalSeconds)!.Value, request.Rules.CusumK, request.Rules.EwmaLambda);
            reasons.Add("The numbers of the rules follow from the budget: each has an equal share of the false alarms.");
            return new DetectionChoice(detection with { LevelPoints = request.Rules.LevelPoints }, reasons, warnings);
        }
        catch (NotSupportedException impossible)
        {
            budget.Place.Fault($"cannot be kept by {Names(rules)}: {impossible.Message}");
            return null;
        }
    }

    private static RuleSet Usual(JudgeRequest request, FittedChart chart) => chart.Kind switch
    {
        SeriesKind.Ewma => RuleSet.Ewma,
        SeriesKind.Cusum => RuleSet.Cusum,
        _ => (request.Budget is { IsClassic: false } ? UsualOfBudget : RuleSet.All) & chart.SuitableRules,
    };

    private static void FindFaults(JudgeRequest request, FittedChart chart, RuleSet rules)
    {
        var faults = request.Place.Faults;
        var lines = chart.LinesFor(1);
        if (!lines.HasScale && (rules & (RuleSet.Cusum | RuleSet.Ewma)) != RuleSet.None)
            faults.Add($"{request.Place.Path}.rules", "has CUSUM or EWMA, and nothing in the limits tells how far a point may stray");
        if (rules.HasFlag(RuleSet.Level) && lines.Model.Levels is null)
            faults.Add($"{request.Place.Path}.rules", "has Level, which takes a baseline whose predictor is ewma");
        if (request.Limits is GivenZones zones)
        {
            if (request.Budget is { IsClassic: false } budget)
                budget.Place.Fault("takes lines at other widths than 1, 2 and 3, which zones do not have: give centre and sigma");
            var p = request.Rules.Parameters;
            foreach (var (rule, k) in new[] { (RuleSet.R1, p.K1), (RuleSet.R5, p.K5), (RuleSet.R6, p.K6), (RuleSet.R7, p.K7), (RuleSet.R8, p.K8) })
            {
                if (k is not (1 or 2 or 3))
                    faults.Add($"{request.Place.Path}.rules.{RuleText.Name(rule)}.k", $"must be 1, 2 or 3, for which {zones.Place.Path}.zones has lines");
            }
        }

        if (request.Budget is { IsClassic: false } asked)
        {
            if ((rules & ~RuleSet.Level) == RuleSet.None)
                asked.Place.Fault("has nothing to decide: the level has no numbers that it could set");
            if (rules.HasFlag(RuleSet.Cusum) && request.Rules.CusumK is < 0.1 or > 3)
                faults.Add($"{request.Place.Path}.rules.cusum.k", "must be from 0.1 to 3 where a budget decides h");
            if (rules.HasFlag(RuleSet.Ewma) && request.Rules.EwmaLambda < 0.05)
                faults.Add($"{request.Place.Path}.rules.ewma.lambda", "must be from 0.05 to 1 where a budget decides l");
        }
    }

    private static string Names(RuleSet rules) => string.Join(", ", rules.Each().Select(RuleText.Name));
}

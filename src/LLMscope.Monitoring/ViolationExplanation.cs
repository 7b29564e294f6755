using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Cusum;
using LLMscope.Spc.Explanations;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Monitoring;

/// <summary>What the signals that opened a violation mean: each rule with its numbers, how seldom chance makes it, and the change with its interval.</summary>
/// <param name="Rules">Those that signalled, the ones that opened it first.</param>
/// <param name="Shift">From the centre line, with a 90 % interval; null where the stored points do not tell.</param>
public sealed record ViolationExplanation(IReadOnlyList<ExplainedRule> Rules, LevelShift? Shift)
{
    /// <summary>On a joint chart what each characteristic had to do with the point that opened it, such as <c>time to first token +3.1 sd, duration as usual</c>.</summary>
    public string? Parts { get; init; }

    /// <summary>Points before the violation that the beginning of the change is looked for in.</summary>
    public const int PointsBefore = 200;

    /// <param name="baseline">The one that judged it; null where it is gone.</param>
    /// <param name="detection">What the chart looks for now; null where it looks for nothing.</param>
    /// <param name="upToOpening">Points of the chart, oldest first, the last one that which opened the violation. None where they are no longer kept.</param>
    public static ViolationExplanation Of(Violation violation, Baseline? baseline, Detection? detection, IReadOnlyList<ChartPoint> upToOpening)
    {
        detection = baseline is null ? null : detection;
        var joint = baseline?.Estimate.Joint;
        var order = violation.FirstRules.Each().Concat((violation.Rules & ~violation.FirstRules).Each());
        return new ViolationExplanation(
            [.. order.Select(rule => new ExplainedRule(
                rule, joint is null ? RuleText.Title(rule, detection?.Parameters) : RuleText.JointTitle(rule), joint is null ? RuleText.Meaning(rule) : RuleText.JointMeaning(rule),
                (violation.FirstRules & rule) != RuleSet.None,
                detection is null ? null : OnceInPoints(rule, detection)))],
            baseline?.Estimate.Model is { } model && detection is not null ? ShiftOf(violation, model, detection, upToOpening) : null)
        {
            Parts = joint is not null && upToOpening is [.., var opening] && opening.Number == violation.OpenedNumber ? JointWords.Of(opening, joint.Characteristics) : null,
        };
    }

    /// <summary>The rarest of the rules that opened a violation, once in so many points of an unchanged process; null where none is known.</summary>
    public static double? OnceInPoints(Violation violation, Detection? detection) => detection is null ? null
        : violation.FirstRules.Each().Select(rule => OnceInPoints(rule, detection)).Max();

    private static double? OnceInPoints(RuleSet rule, Detection detection) => rule switch
    {
        // As rare as R1 at the width that the budget gives.
        _ when detection.Joint is not null => Rarity.Of(RuleSet.R1, detection.Parameters).OnceInPoints,
        RuleSet.Cusum => detection.Counts is { } counts ? counts.RunLength : detection.Cusum is { } sum ? RarityOf(sum) : null,
        RuleSet.Ewma => detection.Ewma is { } average ? EwmaRunLength.Mean(average) : null,
        RuleSet.Level => null, // It leaves its range with the process alone.
        _ => Rarity.Of(rule, detection.Parameters).OnceInPoints,
    };

    private static double RarityOf(CusumParameters sum) => CusumRunLength.Mean(sum, accuracy: Accuracy.Quick);

    private static LevelShift? ShiftOf(Violation violation, ProcessModel model, Detection detection, IReadOnlyList<ChartPoint> points)
    {
        if (points.Count == 0 || points[^1].Number != violation.OpenedNumber || points[^1].BaselineId != violation.BaselineId)
            return null;

        var first = points.Count - 1;
        while (first > 0 && !points[first].StartsSegment && points[first - 1].BaselineId == violation.BaselineId)
            first--;
        var scores = points.Skip(first).Select(point => ScoreOf(point, model)).ToArray();
        if (!Array.TrueForAll(scores, score => !double.IsInfinity(score)) || double.IsNaN(scores[^1]))
            return null;

        var rule = violation.FirstRules.Each().FirstOrDefault(rule => (rule & RuleSets.Undirected) == RuleSet.None);
        if (rule == RuleSet.None)
            return null;

        // The explanation of any rule with a side looks for the same change; a cumulative sum has no window of its own.
        var nelson = (rule & RuleSet.All) == RuleSet.None ? RuleSet.R1 : rule;
        var window = new RuleWindow(Math.Max(0, scores.Length - detection.Parameters.Window(nelson)), scores.Length - 1, []);
        var adjusted = model.Adjustment?.Of(points[^1].Context) ?? 0;
        Func<double, double> line = model.Scores is null
            ? k => model.Draw(model.Line(k), model.Forecast.Usual + adjusted)
            : k => model.Draw(k, model.Forecast.Usual);
        return SignalExplanation.Of(nelson, window, violation.Direction, scores, line, detection.Parameters).Shift;
    }

    // From the level that the baseline left: a forecast takes in a part of a shift, which is none the smaller for it.
    private static double ScoreOf(ChartPoint point, ProcessModel model) => point.Phase != PointPhase.Judged ? double.NaN
        : model.Scores is null ? model.Curve.Score(model.Scaled(point.Value) - model.Forecast.Usual - (model.Adjustment?.Of(point.Context) ?? 0))
        : model.Scaled(point.Value) - model.Forecast.Usual;
}

/// <param name="Title">With the numbers that the chart looks with.</param>
/// <param name="OpenedIt">Whether it opened the violation or signalled later.</param>
/// <param name="OnceInPoints">How seldom it holds at a point of an unchanged process; null where it is not known.</param>
public sealed record ExplainedRule(RuleSet Rule, string Title, string Meaning, bool OpenedIt, double? OnceInPoints);

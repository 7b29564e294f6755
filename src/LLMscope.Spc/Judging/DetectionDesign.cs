using System.Collections.Concurrent;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Cusum;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Judging;

/// <summary>
/// Chooses the numbers of rules and sums so that together they raise as many false alarms as are welcome, counting in what the size of the
/// baseline leaves unknown.
/// </summary>
/// <remarks>
/// Half of the budget goes to the cumulative sum, which finds small lasting shifts, and half to R1, R2, R5 and R6. The two are added as if they never
/// alarmed together, so that the announced number is an upper bound. R3, R4, R7 and R8 diagnose: R3 never sees a step, R4, R7 and R8 say what kind of change it is.
/// </remarks>
public static class DetectionDesign
{
    /// <summary>Rules that a budget gives numbers to, and that open violations.</summary>
    public const RuleSet Budgeted = RuleSet.R1 | RuleSet.R2 | RuleSet.R5 | RuleSet.R6;

    /// <summary>
    /// The shift that the cumulative sum is made for is twice this, in standard deviations: where a forecast or the scale of the sum leaves less of it,
    /// the sum is made for what is left.
    /// </summary>
    private const double Reference = 0.5, LeastReference = 0.25, ReferenceStep = 0.05;

    /// <summary>No more than so many standard deviations of one value enter a sum.</summary>
    private const double Clip = 4;

    /// <summary>The most that a sum holds, as a multiple of its threshold: it falls silent soon after the shift is over.</summary>
    private const double Cap = 1.5;

    // A chart with more points between two false alarms is silent for ever, and R2 could not keep its share within the points that it remembers.
    private const double MostPoints = 5e7;

    // Steps of a factor e in which targets are rounded, 10 %, and baseline sizes, 12 %: charts share designs, each of which costs tenths of a second.
    private const double Steps = 10, CountSteps = 8;

    /// <summary>Designs that were asked for lately. Bounded by <see cref="MostDesigns"/>.</summary>
    private static readonly ConcurrentDictionary<DesignKey, Lazy<Detection>> Designs = new();
    private const int MostDesigns = 1_000;

    /// <param name="interval">The mean time between two points of the chart.</param>
    /// <param name="allowed">What may be judged at all.</param>
    public static Detection For(FalseAlarmBudget budget, TimeSpan interval, ProcessModel model, RuleSet allowed)
    {
        ArgumentNullException.ThrowIfNull(budget);
        ArgumentNullException.ThrowIfNull(model);
        if (budget.PointsBetweenAlarms(Math.Max(interval.TotalSeconds, 1e-3)) is not { } points)
            return Detection.Classic with { Alerting = allowed & RuleSet.All };

        var key = new DesignKey(
            (int)Math.Round(Math.Log(Math.Clamp(points, Calibration.FewestPoints, MostPoints)) * Steps),
            (int)Math.Round(Math.Log(model.Count) * CountSteps),
            (int)Math.Round(ReferenceFor(model) / ReferenceStep),
            model.Forecast.Retained == 0,
            allowed);
        if (Designs.Count >= MostDesigns)
            Designs.Clear();

        // Lazily, so that charts that freeze together do not solve the same design side by side.
        return Designs.GetOrAdd(key, static key => new Lazy<Detection>(() => Solve(
            Math.Exp(key.Points / Steps), (int)Math.Round(Math.Exp(key.Count / CountSteps)), key.Reference * ReferenceStep, key.Follows, key.Allowed))).Value;
    }

    // An average that follows every shift leaves its beginning only, which is as large as the shift itself.
    private static double ReferenceFor(ProcessModel model)
        => model.Forecast.Retained == 0 ? Reference : Math.Clamp(Reference * model.ShiftSeen / model.LongRunScale, LeastReference, Reference);

    private static Detection Solve(double points, int count, double reference, bool follows, RuleSet allowed)
    {
        var (rules, sums) = (allowed & Budgeted, allowed.HasFlag(RuleSet.Cusum));
        var share = rules != RuleSet.None && sums ? 2 * points : points;
        var detection = new Detection
        {
            Alerting = allowed & (Budgeted | RuleSet.Cusum | RuleSet.Level),
            Diagnosing = allowed & RuleSet.All & ~Budgeted,
            ScoreClip = Clip,
            Parameters = rules == RuleSet.None ? RuleParameters.Default : RuleDesign.For(rules, share, count),
        };
        if (!sums)
            return detection;

        var threshold = ScoreAlarms.ThresholdFor(share, reference, count, follows);
        return detection with { Cusum = new CusumParameters(reference, threshold, cap: Cap * threshold) };
    }

    private readonly record struct DesignKey(int Points, int Count, int Reference, bool Follows, RuleSet Allowed);
}

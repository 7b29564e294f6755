using LLMscope.Spc.RareEvents;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Judging;

/// <summary>What to expect of a chart of what lies between two events: false alarms from its own distribution, and how soon a change of the pace is seen.</summary>
/// <remarks>
/// Whether a point lies in a zone depends on its cumulative hazard alone, and every process that the baseline may come from makes that a power of the estimated one:
/// for exponential times a share that is gamma distributed, for a geometric distribution the one of the posterior under Jeffreys' prior, Beta(gaps, units + 1/2),
/// and for a Weibull distribution by the asymptotic covariances of its estimates, 1.109 / n of the logarithmic scale and 0.608 / n of the logarithmic shape with a
/// correlation of 0.313 (Cohen, Technometrics 7(4), 1965, 579-588).
/// </remarks>
public sealed class BetweenOutlook
{
    // Where trend and alternation make a run length dear, and where they do not.
    private const int FewProcesses = 32, ManyProcesses = 96;

    private readonly double _shape;
    private readonly Func<double, double> _hazardAt;
    private readonly Key _key;
    private readonly Func<int, IEnumerable<(double Ratio, double Power)>> _processes;

    private BetweenOutlook(double shape, Func<double, double> hazardAt, Key key, Func<int, IEnumerable<(double Ratio, double Power)>> processes)
        => (_shape, _hazardAt, _key, _processes) = (shape, hazardAt, key, processes);

    public static BetweenOutlook Of(TimeBetweenBaseline baseline)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        var n = baseline.Times;
        return new BetweenOutlook(baseline.Shape, CumulativeHazard.At, new Key(baseline.Model, n, 0), baseline.Model == TimeBetweenModel.Exponential
            ? count => EvenPoints.InUnitCube(1, count).Select(at => (Gamma.InvCDF(n, n, at[0]), 1.0))
            : count => EvenPoints.InUnitCube(2, count).Select(at => Weibull(n, Normal.InvCDF(0, 1, at[0]), Normal.InvCDF(0, 1, at[1]))));
    }

    public static BetweenOutlook Of(UnitsBetweenBaseline baseline)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        var hazard = CumulativeHazard.OfProbability(baseline.Probability);
        return new BetweenOutlook(
            1, score => hazard * Math.Max(0, baseline.Line(score) + 0.5), new Key(null, baseline.Gaps, baseline.Mean),
            count => EvenPoints.InUnitCube(1, count).Select(at => (
                CumulativeHazard.OfProbability(Beta.InvCDF(baseline.Gaps, (baseline.Gaps * baseline.Mean) + 0.5, at[0])) / hazard, 1.0)));
    }

    /// <summary>The false alarms among so many points, and where nine baselines of ten have them.</summary>
    /// <exception cref="NotSupportedException">The rules remember too much for an exact answer.</exception>
    public FalseAlarmBand FalseAlarms(Detection detection, double points)
    {
        ArgumentNullException.ThrowIfNull(detection);
        ArgumentOutOfRangeException.ThrowIfNegative(points);
        var rules = detection.Alerting & RuleSet.All;
        return rules == RuleSet.None ? default : points * AlarmRates.Of(new RateKey(rules, detection.Parameters, _key), Rate);
    }

    /// <summary>The score of a median gap that has become some times as long.</summary>
    public double Score(double factor) => Normal.InvCDF(0, 1, 1 - Math.Exp(-Math.Log(2) * Math.Pow(factor, _shape)));

    /// <summary>How soon it is seen that all gaps become some times as long.</summary>
    public DetectionDelay Delay(Detection detection, double factor)
    {
        ArgumentNullException.ThrowIfNull(detection);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        var rules = detection.Alerting & RuleSet.All;
        return new DetectionDelay(
            rules == RuleSet.None ? null : RunLength(rules, detection.Parameters, Math.Pow(factor, -_shape), 1), null, null, IsSimulated: false);
    }

    private FalseAlarmBand Rate(RateKey key)
    {
        var seesOrder = (key.Rules & (RuleSet.R3 | RuleSet.R4)) != RuleSet.None;
        return FalseAlarmBand.Over(_processes(seesOrder ? FewProcesses : ManyProcesses).Select(one => 1 / RunLength(key.Rules, key.Parameters, one.Ratio, one.Power)));
    }

    private double RunLength(RuleSet rules, RuleParameters parameters, double ratio, double power)
        => RunLengths.RunLength.Of(rules, score => 1 - Math.Exp(-ratio * Math.Pow(_hazardAt(score), power)), parameters).Mean;

    private static (double Ratio, double Power) Weibull(int times, double first, double second)
    {
        const double ScaleError = 1.0531, ShapeError = 0.7797, Correlation = 0.313;
        var root = Math.Sqrt(times);
        var ofScale = (Correlation * first) + (Math.Sqrt(1 - (Correlation * Correlation)) * second);
        return (Math.Exp(ScaleError * ofScale / root), Math.Exp(-ShapeError * first / root));
    }

    /// <param name="Mean">Of a geometric distribution; times have no scale that would matter.</param>
    private readonly record struct Key(TimeBetweenModel? Model, int Count, double Mean);

    private readonly record struct RateKey(RuleSet Rules, RuleParameters Parameters, Key Process);
}

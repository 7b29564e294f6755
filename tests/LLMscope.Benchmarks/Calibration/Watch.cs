using LLMscope.Spc;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Benchmarks.Calibration;

/// <summary>One way to watch a series after its baseline. An alarm starts the rules afresh, as run lengths assume.</summary>
/// <param name="Alarms">Takes the next point and says whether there is an alarm.</param>
/// <param name="Announced">False alarms a point that it announces; not a number where it announces none.</param>
internal sealed record Watch(Func<double, PointContext, bool> Alarms, double Announced)
{
    public static Watch Engine(PhaseOneResult analysis, double points, RuleSet allowed)
    {
        var model = analysis.Model ?? throw new InvalidOperationException($"The baseline gives no model: {analysis.Problem}.");
        var detection = DetectionDesign.For(FalseAlarmBudget.Of(1, BudgetPeriod.Hour), TimeSpan.FromHours(1 / points), model, allowed);
        var judge = new ProcessJudge(model, detection);
        var memory = judge.Start();
        return new Watch(
            (value, context) =>
            {
                if ((judge.Judge(ref memory, value, context).Signals.Rules & detection.Alerting) == RuleSet.None)
                    return false;
                judge.Break(ref memory);
                return true;
            },
            DetectionAlarms.Expected(detection, model, 1).Expected);
    }

    public static Watch MeanAndThreeSigma(double[] baseline)
    {
        var mean = baseline.Average();
        var limit = 3 * Math.Sqrt(baseline.Sum(value => (value - mean) * (value - mean)) / (baseline.Length - 1));
        return new Watch((value, _) => Math.Abs(value - mean) > limit, double.NaN);
    }

    public static Watch IndividualsWithAllRules(double[] baseline)
    {
        var sigma = baseline.Zip(baseline.Skip(1), (before, after) => Math.Abs(after - before)).Average() / 1.128379;
        var rules = new NelsonRules(ZoneLimits.Symmetric(baseline.Average(), sigma));
        return new Watch(
            (value, _) =>
            {
                if (!rules.Judge(value).Any)
                    return false;
                rules.Break();
                return true;
            },
            double.NaN);
    }

    public static Watch RollingScore(double[] baseline)
    {
        var window = new Queue<double>(baseline.TakeLast(100));
        var (sum, squares) = (window.Sum(), window.Sum(value => value * value));
        return new Watch(
            (value, _) =>
            {
                var mean = sum / 100;
                var alarms = Math.Abs(value - mean) > 3 * Math.Sqrt(Math.Max(0, (squares / 100) - (mean * mean)));
                window.Enqueue(value);
                var oldest = window.Dequeue();
                sum += value - oldest;
                squares += (value * value) - (oldest * oldest);
                return alarms;
            },
            double.NaN);
    }
}

using LLMscope.Spc.Baselines;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Judging;

/// <summary>
/// Asks a chart's own baseline how many violations the detection would raise on it: blocks of neighbouring points, drawn with replacement, run through the
/// frozen model with what was remembered before them, so that their residuals are those of the baseline in every pattern that a block holds.
/// </summary>
/// <remarks>
/// The moving block bootstrap: Künsch, Annals of Statistics 17(3), 1989, 1217-1241. As where false alarms are announced, everything is forgotten after each
/// alarm. No draw lies farther out than the baseline does: of alarms that are rarer than its points the announced number tells more.
/// </remarks>
/// <param name="Points">How many points were judged.</param>
/// <param name="Alarms">How many violations they raised.</param>
/// <param name="BlockLength">Neighbours that were drawn together.</param>
/// <param name="Values">Points of the baseline that were drawn from.</param>
public sealed record SelfTest(int Points, int Alarms, int BlockLength, int Values)
{
    public const int UsualPoints = 200_000;

    /// <summary>Fewer points of a baseline say nothing about its patterns.</summary>
    public const int FewestValues = 50;

    /// <summary>The same of counts and of times between events, which are judged after fewer points and mostly one by one.</summary>
    public const int FewestCounts = 20;

    /// <summary>Shorter blocks would tear the patterns that rules look for.</summary>
    private const int ShortestBlock = 10;

    /// <summary>Violations a point, with the 90 % interval of so many counted ones (Garwood, Biometrika 28, 1936, 437-442).</summary>
    public Estimate Rate => new(
        (double)Alarms / Points,
        Alarms == 0 ? 0 : ChiSquared.InvCDF(2 * Alarms, 0.05) / 2 / Points,
        ChiSquared.InvCDF(2 * (Alarms + 1), 0.95) / 2 / Points);

    /// <param name="values">The points of the baseline in data units and in the order of their time, without those that were left out of it.</param>
    /// <param name="contexts">As many.</param>
    /// <returns>Null where too few points can be judged.</returns>
    public static SelfTest? Run(
        ProcessModel model, Detection detection, ReadOnlySpan<double> values, ReadOnlySpan<PointContext> contexts, int points = UsualPoints, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(detection);
        if (values.Length != contexts.Length)
            throw new ArgumentException("Each value has its circumstances.", nameof(contexts));

        var judge = new ProcessJudge(model, detection);
        var drawn = Prepare(judge, values, contexts);
        if (drawn.Count < FewestValues)
            return null;

        var memory = judge.Start();
        return Run(
            [.. drawn.Select(point => point.Residual)],
            first => memory.Forecast = drawn[first].Before,
            i => (judge.Judge(ref memory, drawn[i].Value, drawn[i].Context).Signals.Rules & detection.Alerting) != RuleSet.None,
            () => judge.Break(ref memory),
            points, seed);
    }

    /// <summary>Of any judge of points.</summary>
    /// <param name="residuals">Of the points of the baseline in the order of their time; they say how far a point depends on those before.</param>
    /// <param name="begin">Told the first point of each block.</param>
    /// <param name="isAlarm">Judges a point.</param>
    /// <param name="forget">Told after each alarm.</param>
    /// <returns>Null where there are too few points.</returns>
    public static SelfTest? Run(double[] residuals, Action<int> begin, Func<int, bool> isAlarm, Action forget, int points = UsualPoints, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(residuals);
        ArgumentNullException.ThrowIfNull(begin);
        ArgumentNullException.ThrowIfNull(isAlarm);
        ArgumentNullException.ThrowIfNull(forget);
        if (residuals.Length < FewestCounts)
            return null;

        var longest = Math.Max(1, residuals.Length / 4);
        var block = Math.Clamp(Spc.Comparison.BlockLength.For(residuals), Math.Min(ShortestBlock, longest), longest);
        var random = new Random(seed);
        var alarms = 0;
        for (var judged = 0; judged < points;)
        {
            var first = random.Next(residuals.Length - block + 1);
            begin(first);
            for (var i = first; i < first + block && judged < points; i++, judged++)
            {
                if (!isAlarm(i))
                    continue;

                alarms++;
                forget();
            }
        }

        return new SelfTest(points, alarms, block, residuals.Length);
    }

    /// <summary>Runs the forecast over the baseline. Its first points only bring the forecast to its level.</summary>
    private static List<Drawn> Prepare(ProcessJudge judge, ReadOnlySpan<double> values, ReadOnlySpan<PointContext> contexts)
    {
        var warmUp = judge.Model.HasConstantLimits ? 0 : Math.Min(Autoregression.MostLags * 2, values.Length / 10);
        var points = new List<Drawn>(values.Length);
        var memory = judge.Start();
        for (var i = 0; i < values.Length; i++)
        {
            var before = memory.Forecast;
            var judgement = judge.Judge(ref memory, values[i], contexts[i]);
            if (!judgement.IsMissing && i >= warmUp)
                points.Add(new Drawn(values[i], contexts[i], before, judgement.Residual));
        }

        return points;
    }

    private sealed record Drawn(double Value, PointContext Context, ForecastMemory Before, double Residual);
}

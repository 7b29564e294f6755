using LLMscope.Spc.Baselines;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Judging;

/// <summary>How many points it takes on average until a lasting shift of the process is seen, each kind of detector by itself. Null where one is not judged, infinite for never.</summary>
/// <remarks>
/// Without a forecast the run length of the rules is exact for the frozen curve, and that of the cumulative sum for the mean and the spread of its shifted
/// scores. A forecast takes most of a shift into itself, so the points of such a chart are drawn and judged.
/// </remarks>
/// <param name="Rules">Nelson's rules that open violations.</param>
/// <param name="Level">Of the forecast level, along its mean path.</param>
/// <param name="IsSimulated">Whether points were drawn; then with a standard error of about 3 %.</param>
public sealed record DetectionDelay(double? Rules, double? Cusum, double? Level, bool IsSimulated)
{
    private const int Runs = 1_000;

    // Bounds the time of an answer.
    private const int MostSteps = 2_000_000;
    private const int MostLevelPoints = 100_000;
    private const int Cells = 2_000;
    private const double FarthestScore = 8;

    /// <summary>The soonest of them.</summary>
    public double First => Math.Min(Rules ?? double.PositiveInfinity, Math.Min(Cusum ?? double.PositiveInfinity, Level ?? double.PositiveInfinity));

    /// <param name="shift">Of all points from the first on, on the transformed scale.</param>
    public static DetectionDelay Of(ProcessModel model, Detection detection, double shift)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(detection);
        var rules = detection.Alerting & RuleSet.All;
        var sums = detection.Alerting.HasFlag(RuleSet.Cusum) && detection.Cusum is not null;
        var level = detection.Alerting.HasFlag(RuleSet.Level) ? LevelOf(model, detection, shift) : null;
        if (model.Forecast is not NoForecast)
        {
            var (ofRules, ofSums) = Simulate(model, detection, shift);
            return new DetectionDelay(rules == RuleSet.None ? null : ofRules, sums ? ofSums : null, level, IsSimulated: true);
        }

        return new DetectionDelay(
            rules == RuleSet.None ? null : RunLength.Of(rules, score => Normal.CDF(0, 1, model.Curve.Score(model.Line(score) - shift)), detection.Parameters).Mean,
            sums ? CusumOf(model, detection, shift) : null, level, IsSimulated: false);
    }

    private static double CusumOf(ProcessModel model, Detection detection, double shift)
    {
        // Mean and spread of the shifted scores, by the middles of equal steps of a standard normal score.
        double weight = 0, sum = 0, squares = 0;
        var step = 2 * FarthestScore / Cells;
        for (var cell = 0; cell < Cells; cell++)
        {
            var z = ((cell + 0.5) * step) - FarthestScore;
            var density = Normal.PDF(0, 1, z);
            var score = Math.Clamp(model.Curve.Score(model.Curve.Value(z) + shift) / model.LongRunScale, -detection.ScoreClip, detection.ScoreClip);
            weight += density;
            sum += density * score;
            squares += density * score * score;
        }

        var mean = sum / weight;
        return CusumRunLength.Mean(detection.Cusum!, mean, Math.Sqrt(Math.Max(1e-12, (squares / weight) - (mean * mean))) * model.LongRunScale);
    }

    private static (double Rules, double Cusum) Simulate(ProcessModel model, Detection detection, double shift)
    {
        // What the circumstances let expect is on both sides of every residual, so they can be left out; levels are followed elsewhere.
        var plain = model with { Adjustment = null, Transform = Transform.None, Scores = null, Levels = null };
        var judge = new ProcessJudge(plain, detection with { Diagnosing = RuleSet.None });
        var random = new Random(1);
        var (byRules, bySum) = (new Tally(), new Tally());
        for (var (run, steps) = (0, 0); run < Runs && steps < MostSteps; run++)
        {
            var memory = judge.Start();
            var process = memory.Forecast;
            var (seen, wanted) = (RuleSet.None, detection.Alerting & (RuleSet.All | RuleSet.Cusum));
            for (var point = 1; wanted != RuleSet.None && steps < MostSteps; point++, steps++)
            {
                var expected = plain.Forecast.Expect(process);
                var value = expected + plain.Curve.Value(Normal.Sample(random, 0, 1));
                plain.Forecast.Learn(ref process, value, expected);
                seen = judge.Judge(ref memory, model.Moved(value, shift), PointContext.None).Signals.Rules & wanted;
                byRules.Count(wanted & RuleSet.All, seen);
                bySum.Count(wanted & RuleSet.Cusum, seen);
                wanted &= ~((seen & RuleSet.All) == RuleSet.None ? seen : seen | RuleSet.All);
            }
        }

        return (byRules.Mean, bySum.Mean);
    }

    private static double? LevelOf(ProcessModel model, Detection detection, double shift)
    {
        if (model.Levels is not { } levels || model.Forecast is not EwmaForecast forecast)
            return null;

        var memory = forecast.Start;
        var shifted = model.Moved(forecast.Expect(memory), shift);
        for (var point = 1; point <= MostLevelPoints; point++)
        {
            forecast.Learn(ref memory, shifted, forecast.Expect(memory));
            var level = forecast.Expect(memory);
            if (level > levels.Upper || level < levels.Lower)
                return point + detection.LevelPoints - 1;
        }

        return double.PositiveInfinity;
    }

    /// <summary>Points over detections: with runs that were cut short it is the estimate for a delay that forgets.</summary>
    private sealed class Tally
    {
        private long _points;
        private long _detections;

        public double Mean => _detections == 0 ? double.PositiveInfinity : (double)_points / _detections;

        public void Count(RuleSet wanted, RuleSet seen)
        {
            _points += wanted == RuleSet.None ? 0 : 1;
            _detections += (wanted & seen) == RuleSet.None ? 0 : 1;
        }
    }
}

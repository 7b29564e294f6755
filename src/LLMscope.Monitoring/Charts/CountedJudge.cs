using LLMscope.Spc;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Charts;

/// <summary>Judges counted events: each point by lines of its own, and the cumulative sum of them.</summary>
/// <param name="lineFor">The line at a signed number of standard deviations for a point of so many units; null where such a point has none.</param>
/// <param name="eventsOf">The events of a point, and what they come from.</param>
internal sealed class CountedJudge(
    Func<int, Func<double, double>?> lineFor, CountedSum sum, Func<ChartPoint, (double Events, double Exposure)> eventsOf, Detection detection) : IPointJudge
{
    private readonly bool _signals = detection.Judged.HasFlag(RuleSet.R1);
    private readonly double _width = detection.Parameters.K1;

    /// <summary>Lines of the sizes that came lately, which take a search each. Bounded by <see cref="MostSizes"/>.</summary>
    private readonly Dictionary<int, PointVerdict> _lines = [];
    private const int MostSizes = 1_000;

    public PointVerdict Judge(ChartPoint point)
    {
        var lines = LinesOf(point.Count);
        if (!lines.IsJudged)
            return lines;

        // R1 looks at one point only, so nothing is remembered of it.
        var beyond = point.Value > lines.Upper ? Direction.Up : point.Value < lines.Lower ? Direction.Down : Direction.None;
        var signals = _signals ? default(RuleSignals).With(RuleSet.R1, beyond) : default;
        if (!sum.IsJudged)
            return lines with { Signals = signals };

        var (events, exposure) = eventsOf(point);
        var sums = sum.Step(events, exposure);
        return lines with { Signals = signals.With(RuleSet.Cusum, sums.Signal), CusumUp = sums.Upper, CusumDown = sums.Lower, Began = sums.ChangeBegan };
    }

    public void Recall(ChartPoint point) => sum.Recall(point.CusumUp ?? 0, point.CusumDown ?? 0);

    public void Break() => sum.Break();

    private PointVerdict LinesOf(int units)
    {
        if (_lines.TryGetValue(units, out var known))
            return known;
        if (_lines.Count >= MostSizes)
            _lines.Clear();
        return _lines[units] = lineFor(units) is { } line ? new PointVerdict(line(0), line(-_width), line(_width), default) : PointVerdict.NotJudged;
    }
}

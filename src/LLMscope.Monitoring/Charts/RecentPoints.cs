using LLMscope.Monitoring.Violations;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Charts;

/// <summary>The last points of one chart: what its sparkline shows, and what a signal looks back on.</summary>
internal sealed class RecentPoints
{
    private readonly Queue<ChartPoint> _points = new(ChartSummary.RecentPoints);

    /// <summary>Oldest first; without points that have no value yet.</summary>
    public IReadOnlyList<double> Values
    {
        get
        {
            // After every point of every chart that a turn touched.
            var values = new List<double>(_points.Count);
            foreach (var point in _points)
            {
                if (double.IsFinite(point.Value))
                    values.Add(point.Value);
            }

            return values;
        }
    }

    public void Add(ChartPoint point)
    {
        if (_points.Count == ChartSummary.RecentPoints)
            _points.Dequeue();
        _points.Enqueue(point);
    }

    /// <summary>
    /// The change that the signals of the newest point speak of: since the point where their window, or the sum, began, the mean distance from the centre line
    /// that the baseline left.
    /// </summary>
    /// <param name="began">How many points ago a cumulative sum says that it began.</param>
    /// <param name="usual">That centre line at a judged point.</param>
    public EstimatedChange? ChangeOf(ChartPoint newest, int began, Detection detection, Func<ChartPoint, double> usual)
    {
        if (!newest.Signals.Any)
            return null;

        var back = began;
        foreach (var rule in (newest.Signals.Rules & RuleSet.All).Each())
            back = Math.Max(back, detection.Parameters.Window(rule) - 1);
        if (newest.Signals.Rules.HasFlag(RuleSet.Level))
            back = Math.Max(back, detection.LevelPoints - 1);

        // A rule of its own direction does not let a point on the other side begin the change.
        var up = newest.Signals.Upward != RuleSet.None;
        var directed = newest.Signals.Undirected != newest.Signals.Rules;
        var window = _points.Where(point => point.Number >= newest.Number - back && point.Number <= newest.Number && point.BaselineId == newest.BaselineId && point.Centre is not null)
            .SkipWhile(point => directed && (up ? point.Value <= usual(point) : point.Value >= usual(point)))
            .ToArray();
        if (window.Length == 0)
            window = [newest];

        var shift = window.Average(point => point.Value - usual(point));
        var centre = window.Average(usual);
        return new EstimatedChange(window[0].Number, window[0].Time, shift, centre == 0 ? null : shift / Math.Abs(centre));
    }
}

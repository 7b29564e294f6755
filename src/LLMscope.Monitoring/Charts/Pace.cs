namespace LLMscope.Monitoring.Charts;

/// <summary>
/// Watches how fast the points of an individuals chart come. A series that keeps a pace of more than ten samples a second is
/// charted in subgroups of time: nobody can look at more, and false alarms would come by the minute.
/// </summary>
internal sealed class Pace
{
    public static readonly TimeSpan Subgroup = TimeSpan.FromSeconds(5);

    public const string Remark =
        "The series has more than 10 samples a second: each point now stands for 5 s of them, and a new baseline is collected.";

    /// <summary>Points of a stretch. One begins at every point whose number is one more than a multiple of it, so a restart changes nothing.</summary>
    public const int Stretch = 1_000;

    // A stretch is long enough to tell a fast series from a burst, and bounds the points of a series before it is subgrouped.
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestSpan = TimeSpan.FromSeconds(Stretch / 10.0);

    private DateTime? _since;

    public bool IsTooFast(ChartPoint point)
    {
        if ((point.Number - 1) % Stretch != 0)
            return false;

        // A stretch without time in it was sent without times, as one batch; it says nothing of the pace.
        var span = point.Time - _since;
        _since = point.Time;
        return span >= ShortestSpan && span < LongestSpan;
    }

    /// <summary>Whether a stretch that is nearly over has been as fast: the chart is about to go over to subgroups, and its limits with it.</summary>
    public bool IsAboutToBeTooFast(ChartPoint point)
    {
        var points = (point.Number - 1) % Stretch;
        if (points < Stretch / 2)
            return false;

        var span = (point.Time - _since) * ((double)Stretch / points);
        return span >= ShortestSpan && span < LongestSpan;
    }

    /// <param name="since">The time of the point that began the stretch of the last point.</param>
    public void Restore(DateTime? since) => _since = since;
}

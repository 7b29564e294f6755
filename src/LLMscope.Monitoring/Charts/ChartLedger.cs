namespace LLMscope.Monitoring.Charts;

/// <summary>Gives numbers to baselines and writes down who froze them, when and why. Used by the monitor alone.</summary>
internal sealed class ChartLedger(TimeProvider clock)
{
    private static readonly TimeSpan ShortestMaxGap = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestMaxGap = TimeSpan.FromDays(1);

    /// <summary>Who freezes what nobody else does.</summary>
    public const string Itself = "LLMscope";

    private int _lastBaselineId;

    /// <summary>The versions so far by chart. Bounded by the number of charts.</summary>
    private readonly Dictionary<int, int> _versions = [];

    public void Restore(int baselineId, int chartId, int version)
    {
        _lastBaselineId = Math.Max(_lastBaselineId, baselineId);
        _versions[chartId] = Math.Max(_versions.GetValueOrDefault(chartId), version);
    }

    /// <param name="collected">All points that were looked at, the excluded ones too.</param>
    public Baseline Freeze(LiveChart chart, BaselineEstimate estimate, IReadOnlyList<ChartPoint> collected, string by, string reason, bool confirmed) => new()
    {
        Id = ++_lastBaselineId,
        ChartId = chart.Id,
        Kind = chart.Plan.Kind,
        Version = _versions[chart.Id] = _versions.GetValueOrDefault(chart.Id) + 1,
        FrozenAt = clock.GetUtcNow().UtcDateTime,
        FrozenBy = by,
        Reason = reason,
        FirstNumber = collected[0].Number,
        LastNumber = collected[^1].Number,
        From = collected[0].Time,
        To = collected[^1].Time,
        Estimate = estimate,
        Confirmed = confirmed,
        Hash = HashOf(estimate),
        MaxGap = MaxGapOf(chart.Plan, collected),
    };

    public Annotation Annotate(LiveChart chart, DateTime time, string text) => new(
        Guid.CreateVersion7(new DateTimeOffset(time)), time, Annotation.BaselineChange, text, chart.Id, null, chart.Series.Source.Demo, clock.GetUtcNow().UtcDateTime);

    private static string HashOf(BaselineEstimate estimate) =>
        estimate.Model is { } model ? ModelJson.Hash(ModelJson.Write(model))
        : estimate.TimeBetween is { } times ? ModelJson.Hash(ModelJson.Write(times))
        : estimate.Joint is { } joint ? ModelJson.Hash(ModelJson.Write(joint))
        : "";

    /// <summary>
    /// Three times the nominal interval. Calls come at random, so the nominal interval of a series is the 95th percentile of
    /// those in its baseline: three times the mean would call every twentieth pause of a Poisson stream a gap.
    /// </summary>
    private static TimeSpan MaxGapOf(ChartPlan plan, IReadOnlyList<ChartPoint> collected)
    {
        var intervals = collected.Zip(collected.Skip(1), (earlier, later) => later.Time - earlier.Time).Order().ToArray();
        var nominal = intervals.Length == 0 ? TimeSpan.Zero : intervals[(int)((intervals.Length - 1) * 0.95)];
        var gap = 3 * (nominal > plan.Subgroup ? nominal : plan.Subgroup);
        return gap < ShortestMaxGap ? ShortestMaxGap : gap > LongestMaxGap ? LongestMaxGap : gap;
    }
}

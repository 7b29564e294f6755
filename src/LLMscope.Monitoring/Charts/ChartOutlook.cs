namespace LLMscope.Monitoring.Charts;

/// <summary>What is to be expected of charts: their false alarms, how soon a shift is seen, and what their own baselines say of it.</summary>
public sealed class ChartOutlook
{
    private readonly PointHistory _history;

    internal ChartOutlook(PointHistory history) => _history = history;

    /// <summary>How many points the chart takes in a time, at the pace of its baseline.</summary>
    public static double PointsIn(TimeSpan time, Baseline baseline) =>
        time / (baseline.MeanInterval > TimeSpan.Zero ? baseline.MeanInterval : TimeSpan.FromSeconds(1));

    /// <returns>Null where nothing is judged (the chart only records, or has no limits yet), and for a joint chart.</returns>
    public async Task<ChartExpectation?> OfAsync(ChartSummary chart, CancellationToken cancellation)
    {
        if (chart is not { Baseline: { } baseline, Detection: not null } || ChartKinds.Of(chart.Plan.Kind) is not { } kind)
            return null;

        var sizes = kind.Source == PointSource.Subgroups ? await _history.SizesAsync(chart.Id, baseline.FirstNumber, cancellation) : [];
        return kind.OutlookOf(baseline, sizes) is { } outlook ? new ChartExpectation(chart, kind, outlook, _history) : null;
    }
}

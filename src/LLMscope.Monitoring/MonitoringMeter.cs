using System.Diagnostics.Metrics;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring;

/// <summary>What the monitoring counts of itself. The names are OpenTelemetry's; the Prometheus page adds units and suffixes.</summary>
internal sealed class MonitoringMeter
{
    private readonly Counter<long> _points;
    private readonly Counter<long> _signals;
    private readonly Counter<long> _violations;
    private readonly Counter<long> _readBack;
    private readonly Counter<long> _judgeRetries;
    private readonly Histogram<double> _turnSeconds;

    public MonitoringMeter(IMeterFactory meters, SampleInbox inbox, CommittedSamples committed, SeriesCatalog catalog, ChartBoard board)
    {
        var meter = meters.Create(ArchiveMeter.Name);
        _points = meter.CreateCounter<long>("llmscope.points", "{point}", "Points plotted and stored.");
        _signals = meter.CreateCounter<long>("llmscope.signals", "{signal}", "Signals by rule.");
        _violations = meter.CreateCounter<long>("llmscope.violations", "{violation}", "Violations opened and resolved.");
        _readBack = meter.CreateCounter<long>("llmscope.judge.read_back", "{sample}", "Samples read back from the archive because the judge was behind.");
        _judgeRetries = meter.CreateCounter<long>("llmscope.judge.retries", "{turn}", "Turns that met a passing fault of the database.");
        _turnSeconds = meter.CreateHistogram<double>("llmscope.judge.turn.duration", "s", "Time of one turn of the monitor, its commit included.");
        meter.CreateObservableGauge("llmscope.inbox.waiting", () => inbox.Waiting, "{sample}", "Samples that wait to be archived.");
        meter.CreateObservableGauge("llmscope.inbox.capacity", () => inbox.Capacity, "{sample}", "Samples that may wait to be archived.");
        meter.CreateObservableCounter("llmscope.inbox.refused", () => inbox.Refused, "{batch}", "Batches that found the inbox full.");
        meter.CreateObservableGauge("llmscope.judge.backlog", () => committed.Waiting, "{sample}", "Archived samples that wait in memory to be judged.");
        meter.CreateObservableGauge("llmscope.series", () => catalog.Count, "{series}", "Series that exist.");
        meter.CreateObservableGauge("llmscope.series.limit", () => catalog.Limit, "{series}", "Series that may exist.");
        meter.CreateObservableGauge("llmscope.charts", () => board.Count, "{chart}", "Charts that exist.");
        meter.CreateObservableGauge("llmscope.violations.open", () => board.Summaries.Sum(chart => chart.OpenViolations.Count), "{violation}", "Violations that are not resolved.");
        foreach (var rule in RuleSets.Every.Each())
            _signals.Add(0, Rule(rule)); // A rule that never signalled is 0, not absent.
        foreach (var counter in (Counter<long>[])[_points, _readBack, _judgeRetries])
            counter.Add(0);
        foreach (var change in (string[])["opened", "resolved"])
            _violations.Add(0, Change(change));
    }

    public void ReadBack(int samples) => _readBack.Add(samples);

    public void JudgeRetried() => _judgeRetries.Add(1);

    public void Judged(MonitorTurn turn, TimeSpan elapsed)
    {
        _turnSeconds.Record(elapsed.TotalSeconds);
        _points.Add(turn.Points.Count);
        foreach (var (_, point) in turn.Points)
        {
            if (!point.Signals.Any)
                continue;

            foreach (var rule in point.Signals.Rules.Each())
                _signals.Add(1, Rule(rule));
        }

        foreach (var (_, change) in turn.Violations)
        {
            if (change.Kind != ChangeKind.Extended)
                _violations.Add(1, Change(change.Kind == ChangeKind.Opened ? "opened" : "resolved"));
        }
    }

    private static KeyValuePair<string, object?> Change(string change) => new("change", change);

    private static KeyValuePair<string, object?> Rule(RuleSet rule) => new("rule", RuleText.Name(rule));
}

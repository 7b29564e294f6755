using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.RunLengths;
using LLMscope.Tests;

namespace LLMscope.Monitoring.Tests.Charts;

/// <summary>One chart that takes samples one after another, and all that it made of them. It can be stopped and restored as a start does it.</summary>
internal sealed class ChartRun
{
    public static readonly DateTime Begin = new(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);

    private readonly ManualClock _clock = new();
    private readonly List<ArchivedSample> _samples = [];
    private readonly List<Baseline> _baselines = [];
    private readonly Dictionary<Guid, Violation> _violations = [];
    private ChartLedger _ledger;

    public ChartRun(string characteristic = Characteristic.Duration, ChartPlan? plan = null)
    {
        var known = Characteristic.Find(characteristic) ?? Characteristic.Custom(characteristic, Unit.Ratio);
        Series = new Series(1, 1, new Source(Model: "gpt-4o"), known);
        Chart = new LiveChart(1, Series, plan ?? ChartPlan.For(known));
        _ledger = new ChartLedger(_clock);
    }

    /// <summary>The logarithm, no forecast, and Nelson's rules as he printed them.</summary>
    public static ChartPlan Classic { get; } = ChartPlan.For(Characteristic.Find(Characteristic.Duration)!) with
    {
        Choices = new ChartChoices { Transform = TransformChoice.Log, Predictor = PredictorChoice.None, Budget = FalseAlarmBudget.Classic },
    };

    public Series Series { get; }

    public LiveChart Chart { get; private set; }

    public MonitorTurn Turn { get; } = new();

    public List<ChartPoint> Points { get; } = [];

    /// <summary>What happened to violations, in order.</summary>
    public List<string> Changes { get; } = [];

    public IReadOnlyList<Baseline> Baselines => _baselines;

    public IReadOnlyCollection<Violation> Violations => _violations.Values;

    public ChartSummary Summary => Chart.Summarize();

    public ChartRun Add(double value, double atSeconds, Standing standing = Standing.Judged)
    {
        var sample = new ArchivedSample(_samples.Count + 1, new Sample(Series, Begin.AddSeconds(atSeconds), value, standing), 0);
        _samples.Add(sample);
        Chart.Add(sample, Turn, _ledger);
        return Keep();
    }

    /// <summary>Values at an even pace, the first one step after the newest sample.</summary>
    public ChartRun Add(IEnumerable<double> values, double step = 10)
    {
        var at = _samples.Count == 0 ? -step : (_samples[^1].Sample.Time - Begin).TotalSeconds;
        foreach (var value in values)
            Add(value, at += step);

        return this;
    }

    public ChartRun CloseIdle(double atSeconds, double graceSeconds = 10)
    {
        Chart.CloseIdleSubgroup(Begin.AddSeconds(atSeconds), TimeSpan.FromSeconds(graceSeconds), Turn, _ledger);
        return Keep();
    }

    public ChartRun Replan(ChartPlan plan)
    {
        Chart.Replan(plan, Turn);
        return Keep();
    }

    /// <summary>Forgets the chart and takes it up again from what was stored, with no more points than a start reads.</summary>
    public void Restart()
    {
        var (plan, openSince) = (Chart.Plan, Chart.OpenSince);
        var state = new StoredState(null, Chart.Detection, Chart.Problem, Chart.Proposal, Chart.CollectsFrom, Chart.PlannedFrom) { Gap = new OpenGap(Chart.Gap.Units, Chart.Gap.Through) };
        var current = _baselines.LastOrDefault(baseline => baseline.FirstNumber >= state.CollectsFrom);
        var began = Points.Count == 0 ? null : Points.Find(point => point.Number == Points[^1].Number - ((Points[^1].Number - 1) % Pace.Stretch));

        Chart = new LiveChart(1, Series, plan);
        _ledger = new ChartLedger(_clock);
        foreach (var baseline in _baselines)
            _ledger.Restore(baseline.Id, baseline.ChartId, baseline.Version);
        foreach (var open in _violations.Values.Where(violation => violation.State != ViolationState.Resolved).OrderBy(violation => violation.OpenedNumber).ThenBy(violation => violation.Direction).ToArray())
            Chart.Episodes.Restore(open);

        Chart.Restore(state with { Baseline = current }, Points[^Math.Min(Points.Count, current is null ? 2_000 : ChartSummary.RecentPoints)..], began?.Time);
        foreach (var sample in _samples.Where(sample => sample.Sequence > (openSince ?? _samples.Count)))
            Chart.Add(sample, Turn, _ledger);
        Assert.Empty(Turn.Points);
        Turn.Clear();
    }

    private ChartRun Keep()
    {
        Points.AddRange(Turn.Points.Select(plotted => plotted.Point));
        _baselines.AddRange(Turn.NewBaselines);
        foreach (var (_, change) in Turn.Violations)
        {
            _violations[change.Violation.Id] = change.Violation;
            Changes.Add($"{change.Kind} {change.Violation.Direction} {change.Violation.Rules} {change.Violation.OpenedNumber}-{change.Violation.LastSignalNumber} x{change.Violation.SignalPoints}");
        }

        Turn.Clear();
        return this;
    }
}

/// <summary>Values of a process in control or not, the same for the same seed.</summary>
internal static class Values
{
    public static double[] Normal(int count, int seed, double mean = 0, double sigma = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => mean + (sigma * Gauss(random)))];
    }

    public static double[] LogNormal(int count, int seed, double scale = 1, double sigma = 0.3) =>
        [.. Normal(count, seed, sigma: sigma).Select(value => scale * Math.Exp(value))];

    // Box and Muller.
    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

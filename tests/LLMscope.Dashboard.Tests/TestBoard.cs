using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Dashboard.Tests;

/// <summary>Charts as the monitor makes them, from samples a second apart that need no database.</summary>
internal sealed class TestBoard
{
    public static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly ChartLedger _ledger = new(TimeProvider.System);
    private readonly MonitorTurn _turn = new();
    private int _charts;
    private long _samples;

    public ChartBoard Board { get; } = new();

    /// <summary>Points that the last <see cref="Add"/> plotted.</summary>
    public List<ChartPoint> Points { get; } = [];

    public ChartSummary Add(Source source, string characteristic, params IEnumerable<double> values)
    {
        var known = Characteristic.Find(characteristic)!;
        var series = new Series(++_charts, _charts, source, known);
        var chart = new LiveChart(_charts, series, ChartPlan.For(known));
        Board.Add(chart);
        Points.Clear();
        var time = Start;
        foreach (var value in values)
        {
            _turn.Clear();
            chart.Add(new ArchivedSample(++_samples, new Sample(series, time, value), 0), _turn, _ledger);
            Points.AddRange(_turn.Points.Select(plotted => plotted.Point));
            time = time.AddSeconds(1);
        }

        Board.Show(chart);
        return Board.Find(chart.Id)!;
    }

    /// <summary>A hundred values that a baseline is frozen from, around one second.</summary>
    public static IEnumerable<double> Good => Enumerable.Range(0, 100).Select(i => 1 + (0.05 * Math.Sin(i * 2.4)) + (0.03 * Math.Cos(i * 5.1)));

    /// <summary>The moment of a sample after the good ones.</summary>
    public static DateTimeOffset After(int samples) => new(Start.AddSeconds(100 + samples));
}

using LLMscope.Spc.Baselines;

namespace LLMscope.Benchmarks.Calibration;

/// <summary>What one watcher made of one course with baselines of one size.</summary>
internal sealed class CalibrationFinding(Course course, int size, string watcher)
{
    private readonly Dictionary<Change, List<int>> _delays = [];
    private readonly Dictionary<string, int> _forecasts = [];

    public Course Course => course;

    public int Size => size;

    public string Watcher => watcher;

    public long Alarms { get; set; }

    public long Points { get; set; }

    /// <summary>Alarms that were announced for these points.</summary>
    public double Announced { get; set; }

    public double PerTenThousand => 10_000.0 * Alarms / Points;

    /// <summary>Measured over announced false alarms.</summary>
    public double Ratio => Alarms / Announced;

    /// <summary>The forecasts that were chosen, most frequent first.</summary>
    public string Forecasts => string.Join(" ", _forecasts.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key}:{pair.Value}"));

    public void Analysed(PhaseOneResult analysis)
    {
        var name = analysis.Model!.Forecast.GetType().Name[..2];
        _forecasts[name] = _forecasts.GetValueOrDefault(name) + 1;
    }

    public void AddDelay(Change change, int points)
    {
        if (!_delays.TryGetValue(change, out var delays))
            _delays[change] = delays = [];
        delays.Add(points);
    }

    /// <summary>From the first changed point to the alarm, on average over baselines.</summary>
    public double Delay(Change change) => _delays[change].Average();
}

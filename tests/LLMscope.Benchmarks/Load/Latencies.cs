using System.Globalization;

namespace LLMscope.Benchmarks.Load;

/// <summary>Measured times, and what a report says of them.</summary>
internal sealed class Latencies
{
    private readonly List<double> _milliseconds = [];

    public int Count => _milliseconds.Count;

    public void Add(TimeSpan time)
    {
        lock (_milliseconds)
            _milliseconds.Add(time.TotalMilliseconds);
    }

    public override string ToString()
    {
        var sorted = _milliseconds.Order().ToArray();
        string At(double share) => sorted.Length == 0 ? "-" : sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)].ToString("0.0", CultureInfo.InvariantCulture);
        return $"p50 {At(0.5)} ms, p90 {At(0.9)} ms, p99 {At(0.99)} ms, max {At(1)} ms of {sorted.Length}";
    }
}

using MathNet.Numerics.Distributions;

namespace LLMscope.Benchmarks.Calibration;

/// <summary>A distribution of values by its quantiles: the value at each standard normal score.</summary>
internal sealed class Marginal
{
    // Scores from -7 to 7 in steps of a hundredth, and straight between them.
    private const double Farthest = 7, Step = 0.01;

    private readonly double[] _values;

    public Marginal(Func<double, double> valueAtScore)
        => _values = [.. Enumerable.Range(0, (int)(2 * Farthest / Step) + 1).Select(i => valueAtScore((i * Step) - Farthest))];

    /// <summary>
    /// A recorded series, smoothed on the logarithm by a normal kernel (Silverman's width): a bootstrap without ties, whose tail goes on a
    /// little beyond the largest value.
    /// </summary>
    public static Marginal Smoothed(double[] values)
    {
        var logs = Array.ConvertAll(values, Math.Log);
        Array.Sort(logs);
        var mean = logs.Average();
        var deviation = Math.Sqrt(logs.Average(log => (log - mean) * (log - mean)));
        var quartiles = (logs[logs.Length * 3 / 4] - logs[logs.Length / 4]) / 1.349;
        var width = 0.9 * Math.Min(deviation, Math.Max(quartiles, deviation / 10)) * Math.Pow(logs.Length, -0.2);
        return new Marginal(score =>
        {
            var (low, high) = (logs[0] - (10 * width), logs[^1] + (10 * width));
            for (var step = 0; step < 60; step++)
            {
                var middle = (low + high) / 2;

                // On the upper side mirrored: a small probability keeps its digits only where it is not a difference from one.
                var isBelow = score < 0
                    ? logs.Average(log => Normal.CDF(0, 1, (middle - log) / width)) < Normal.CDF(0, 1, score)
                    : logs.Average(log => Normal.CDF(0, 1, (log - middle) / width)) > Normal.CDF(0, 1, -score);
                (low, high) = isBelow ? (middle, high) : (low, middle);
            }

            return Math.Exp((low + high) / 2);
        });
    }

    public double At(double score)
    {
        var place = (Math.Clamp(score, -Farthest, Farthest) + Farthest) / Step;
        var below = Math.Min((int)place, _values.Length - 2);
        return _values[below] + ((place - below) * (_values[below + 1] - _values[below]));
    }
}

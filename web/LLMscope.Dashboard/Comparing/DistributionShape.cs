using System.Globalization;
using System.Text;
using LLMscope.Spc.Comparison;

namespace LLMscope.Dashboard.Comparing;

/// <summary>
/// Two samples as their empirical distributions: how large a share of each lies at or below a value. Places are percentages of the drawing's
/// width and height, so that it stretches with its page while its text does not.
/// </summary>
internal sealed class DistributionShape
{
    /// <summary>What a path is drawn in, so that it has whole numbers.</summary>
    public const int PathSize = 10_000;

    // More would be finer than a screen.
    private const int MostSteps = 400;
    private const int MostTicks = 6;

    private static readonly double[] Leading = [1, 2, 5];

    private readonly double _low;
    private readonly double _high;

    /// <param name="before">At least one of both has values.</param>
    /// <param name="wantsLog">Whether a logarithmic scale is wanted; it is used where every value has a logarithm.</param>
    public DistributionShape(IEnumerable<double> before, IEnumerable<double> after, bool wantsLog)
    {
        Before = [.. before.Where(double.IsFinite).Order()];
        After = [.. after.Where(double.IsFinite).Order()];
        var ends = new[] { Before, After }.Where(values => values.Length > 0).SelectMany(values => new[] { values[0], values[^1] }).DefaultIfEmpty(0).ToArray();
        IsLogarithmic = wantsLog && ends.Min() > 0;
        var (low, high) = (Scaled(ends.Min()), Scaled(ends.Max()));
        var margin = high > low ? 0.02 * (high - low) : IsLogarithmic ? 0.1 : Math.Max(Math.Abs(high) / 10, 1e-9);
        (_low, _high) = (low - margin, high + margin);
        Ticks = [.. TicksOf()];
    }

    public double[] Before { get; }

    public double[] After { get; }

    public bool IsLogarithmic { get; }

    /// <summary>The value at the left edge.</summary>
    public double Low => Unscaled(_low);

    public double High => Unscaled(_high);

    /// <summary>Round values for the axis.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Where a value lies from the left.</summary>
    public double X(double value) => 100 * (Scaled(value) - _low) / (_high - _low);

    /// <summary>Where a share lies from the top.</summary>
    public static double Y(double share) => 100 * (1 - share);

    /// <summary>A step up at each value, or at each of four hundred quantiles where there are more.</summary>
    public string Path(double[] sorted)
    {
        var path = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"M0 {PathSize}"));
        var steps = Math.Min(sorted.Length, MostSteps);
        for (var step = 1; step <= steps; step++)
        {
            var upTo = (int)((long)step * sorted.Length / steps);
            path.Append(CultureInfo.InvariantCulture, $"H{X(sorted[upTo - 1]) * PathSize / 100:0}V{Y((double)upTo / sorted.Length) * PathSize / 100:0}");
        }

        return path.Append(CultureInfo.InvariantCulture, $"H{PathSize}").ToString();
    }

    /// <summary>The hundred and one quantiles from the smallest value to the largest.</summary>
    public static IEnumerable<double> Percentiles(double[] sorted) =>
        sorted.Length == 0 ? [] : Enumerable.Range(0, 101).Select(percent => SortedSample.Quantile(sorted, percent / 100.0));

    private IEnumerable<double> TicksOf()
    {
        if (IsLogarithmic)
        {
            var (first, last) = ((int)Math.Floor(Math.Log10(Low)), (int)Math.Ceiling(Math.Log10(High)));
            double[] fine = [.. from power in Enumerable.Range(first, last - first + 1) from lead in Leading select lead * Math.Pow(10, power)];
            var whole = fine.Where((_, i) => i % Leading.Length == 0).ToArray();
            var within = new[] { fine, whole }.Select(ticks => ticks.Where(IsWithin).ToArray()).FirstOrDefault(ticks => ticks.Length is > 2 and <= MostTicks);
            if (within is not null)
                return within;
            if (whole.Count(IsWithin) > MostTicks)
            {
                var every = (whole.Count(IsWithin) + MostTicks - 1) / MostTicks;
                return whole.Where(IsWithin).Where((_, i) => i % every == 0);
            }
        }

        var rough = (High - Low) / (MostTicks - 1);
        var unit = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = unit * Leading.Append(10).First(lead => lead * unit >= rough * (1 - 1e-9));
        return Enumerable.Range(0, MostTicks + 1).Select(i => (Math.Ceiling(Low / step) + i) * step).Where(IsWithin);
    }

    private bool IsWithin(double value) => value >= Low && value <= High;

    private double Scaled(double value) => IsLogarithmic ? Math.Log(value) : value;

    private double Unscaled(double scaled) => IsLogarithmic ? Math.Exp(scaled) : scaled;
}

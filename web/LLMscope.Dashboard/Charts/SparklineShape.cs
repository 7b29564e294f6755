using System.Text;
using LLMscope.Monitoring.Charts;
using LLMscope.Spc;

namespace LLMscope.Dashboard.Charts;

/// <summary>
/// The last values of a chart as a small drawing, with the limits where there are any. <c>Scripts/sparkline.ts</c>
/// continues it with the same geometry.
/// </summary>
internal sealed class SparklineShape
{
    public const double Width = 160;
    public const double Height = 36;
    private const double Margin = 4;

    private readonly double _low;
    private readonly double _high;
    private readonly bool _isLogarithmic;

    public SparklineShape(ChartSummary chart)
    {
        Values = chart.Recent;
        Limits = LimitsOf(chart);
        var all = Limits is { } limits ? Values.Append(limits.Lower).Append(limits.Upper) : Values;
        _isLogarithmic = (chart.Baseline?.Estimate.Transform ?? chart.Plan.Transform) == Transform.Log && all.All(value => value > 0);
        (_low, _high) = Values.Count == 0 ? (0, 1) : (all.Min(Scaled), all.Max(Scaled));
    }

    public IReadOnlyList<double> Values { get; }

    public (double Lower, double Centre, double Upper)? Limits { get; }

    public bool IsLogarithmic => _isLogarithmic;

    public string Path
    {
        get
        {
            var path = new StringBuilder();
            for (var i = 0; i < Values.Count; i++)
                path.Append(i == 0 ? 'M' : 'L').Append($"{X(i):0.#} {Y(Values[i]):0.#}");
            return path.ToString();
        }
    }

    public double X(int index) => Margin + (Values.Count < 2 ? 1 : index / (Values.Count - 1.0)) * (Width - (2 * Margin));

    public double Y(double value) =>
        _high > _low ? Height - Margin - ((Scaled(value) - _low) / (_high - _low) * (Height - (2 * Margin))) : Height / 2;

    private double Scaled(double value) => _isLogarithmic ? Math.Log(value) : value;

    private static (double, double, double)? LimitsOf(ChartSummary chart) => chart switch
    {
        { Baseline.Estimate.Zones: { } zones } => (zones.Lower3, zones.Centre, zones.Upper3),
        { Last: { Lower: { } lower, Centre: { } centre, Upper: { } upper } } => (lower, centre, upper),
        _ => null,
    };
}

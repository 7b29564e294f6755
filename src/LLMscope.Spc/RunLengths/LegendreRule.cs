namespace LLMscope.Spc.RunLengths;

/// <summary>The nodes of Gauss and Legendre on [-1, 1] with their weights in an integral and in interpolation.</summary>
internal sealed class LegendreRule
{
    private const int HighestOrder = 512;

    // At most one rule of each order, for all charts together.
    private static readonly LegendreRule?[] Known = new LegendreRule?[HighestOrder + 1];

    private LegendreRule(int order)
    {
        Nodes = new double[order];
        Weights = new double[order];
        Interpolation = new double[order];
        for (var i = 0; i < order; i++)
        {
            // Newton's method from Tricomi's first guess is exact to the last digit after four steps.
            var x = -Math.Cos(Math.PI * (i + 0.75) / (order + 0.5));
            var slope = 1.0;
            for (var step = 0; step < 5; step++)
            {
                var (value, before) = Legendre(order, x);
                slope = order * ((x * value) - before) / ((x * x) - 1);
                x -= value / slope;
            }

            Nodes[i] = x;
            Weights[i] = 2 / ((1 - (x * x)) * slope * slope);
            Interpolation[i] = (i % 2 == 0 ? 1 : -1) * Math.Sqrt((1 - (x * x)) * Weights[i]);
        }
    }

    public double[] Nodes { get; }

    public double[] Weights { get; }

    /// <summary>The barycentric weights.</summary>
    /// <remarks>Wang and Xiang, Mathematics of Computation 81, 2012, 861-877.</remarks>
    public double[] Interpolation { get; }

    public static LegendreRule Of(int order)
    {
        if (order > HighestOrder)
            throw new ArgumentOutOfRangeException(nameof(order), order, "The spread or the weight is too small beside the limits to be computed.");
        return Known[order] ??= new LegendreRule(order);
    }

    /// <summary>As many nodes as a smooth normal kernel needs on an interval that is this many of its standard deviations wide.</summary>
    public static LegendreRule ForWidth(double deviations, Accuracy accuracy)
    {
        var nodes = accuracy == Accuracy.Full ? 12 + (1.8 * deviations) : 6 + (1.05 * deviations);
        return Of((int)Math.Min(int.MaxValue, Math.Ceiling(nodes)));
    }

    /// <summary>Adds to each node its part in the interpolated value at x in [-1, 1], times a factor.</summary>
    public void Interpolate(double x, double factor, Span<double> parts)
    {
        double sum = 0;
        for (var j = 0; j < Nodes.Length; j++)
        {
            if (x == Nodes[j])
            {
                parts[j] += factor;
                return;
            }

            sum += Interpolation[j] / (x - Nodes[j]);
        }

        for (var j = 0; j < Nodes.Length; j++)
            parts[j] += factor * Interpolation[j] / (x - Nodes[j]) / sum;
    }

    private static (double Value, double Before) Legendre(int order, double x)
    {
        double before = 1, value = x;
        for (var k = 1; k < order; k++)
            (before, value) = (value, ((((2 * k) + 1) * x * value) - (k * before)) / (k + 1));
        return (value, before);
    }
}

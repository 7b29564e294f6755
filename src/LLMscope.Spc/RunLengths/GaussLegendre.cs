using MathNet.Numerics.Integration;

namespace LLMscope.Spc.RunLengths;

/// <summary>Integrates functions known at the Gauss-Legendre nodes of [0, 1], over the whole interval and from 0 to each node.</summary>
internal sealed class GaussLegendre
{
    // Orders are multiples of the four doubles of a vector.
    private static readonly GaussLegendre[] Known = [new(4), new(8), new(12), new(16)];

    public GaussLegendre(int order)
    {
        var rule = new GaussLegendreRule(-1, 1, order);
        Order = order;
        Weights = Array.ConvertAll(rule.Weights, weight => weight / 2);
        Abscissas = Array.ConvertAll(rule.Abscissas, node => (node + 1) / 2);
        UpToColumns = new double[order * order];

        // The interpolating polynomial in Legendre's basis, which the rule integrates exactly, and
        // the integral of P_k from -1 to x, (P_k+1(x) - P_k-1(x)) / (2k + 1).
        for (var i = 0; i < order; i++)
        {
            var atEnd = Legendre(rule.Abscissas[i], order);
            for (var j = 0; j < order; j++)
            {
                var atNode = Legendre(rule.Abscissas[j], order);
                var integral = rule.Abscissas[i] + 1;
                for (var k = 1; k < order; k++)
                    integral += atNode[k] * (atEnd[k + 1] - atEnd[k - 1]);
                UpToColumns[(j * order) + i] = rule.Weights[j] * integral / 4;
            }
        }
    }

    public int Order { get; }

    /// <summary>The weight of each node in the integral from 0 to 1.</summary>
    public double[] Weights { get; }

    /// <summary>The nodes, ascending in [0, 1].</summary>
    public double[] Abscissas { get; }

    /// <summary>The weight of node j in the integral from 0 to node i, at j times the order plus i.</summary>
    public double[] UpToColumns { get; }

    /// <summary>Enough nodes for ten digits in a zone of this probability: the narrower it is, the lower the degree of a survival in it.</summary>
    public static GaussLegendre For(double width) => width < 0.35 ? Known[0] : width < 0.5 ? Known[1] : width < 0.9 ? Known[2] : Known[3];

    private static double[] Legendre(double x, int order)
    {
        var values = new double[order + 1];
        values[0] = 1;
        values[1] = x;
        for (var k = 1; k < order; k++)
            values[k + 1] = ((((2 * k) + 1) * x * values[k]) - (k * values[k - 1])) / (k + 1);
        return values;
    }
}

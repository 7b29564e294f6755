using MathNet.Numerics.Integration;

namespace LLMscope.Spc.RunLengths;

/// <summary>Integrates functions known at the Gauss-Legendre nodes of [0, 1], over the whole interval and from 0 to each node.</summary>
internal sealed class GaussLegendre
{
    public GaussLegendre(int order)
    {
        var rule = new GaussLegendreRule(-1, 1, order);
        Order = order;
        Weights = Array.ConvertAll(rule.Weights, weight => weight / 2);
        UpTo = new double[order, order];

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
                UpTo[i, j] = rule.Weights[j] * integral / 4;
            }
        }
    }

    public int Order { get; }

    /// <summary>The weight of each node in the integral from 0 to 1.</summary>
    public double[] Weights { get; }

    /// <summary>The weight of node j in the integral from 0 to node i.</summary>
    public double[,] UpTo { get; }

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

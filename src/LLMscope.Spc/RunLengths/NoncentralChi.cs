using MathNet.Numerics;

namespace LLMscope.Spc.RunLengths;

/// <summary>The length of a vector of independent normal values with variance 1.</summary>
internal static class NoncentralChi
{
    /// <summary>The density at a length.</summary>
    /// <param name="freedom">How many values the vector has, at least 1.</param>
    /// <param name="length">The length, above 0.</param>
    /// <param name="mean">The length of the vector of the means, at least 0.</param>
    public static double Density(int freedom, double length, double mean)
    {
        // r^(d-1) 2^(1-d/2) exp(-(r^2 + m^2)/2) times the sum of (rm/2)^2j / (j! Gamma(j + d/2)), from its largest term outwards.
        var apart = (length - mean) * (length - mean) / 2;
        if (apart > 700)
            return 0;

        var x = length * mean / 2;
        var half = freedom / 2.0;
        var largest = (int)Math.Max(0, x - (half / 2));
        var logarithm = ((freedom - 1) * Math.Log(length)) + ((1 - half) * Math.Log(2)) - apart - (2 * x)
            + (largest == 0 ? 0 : 2 * largest * Math.Log(x))
            - SpecialFunctions.GammaLn(largest + 1) - SpecialFunctions.GammaLn(largest + half);
        double sum = 1, up = 1, down = 1;
        for (var j = largest; up > 1e-17 * sum; j++)
        {
            up *= x * x / ((j + 1) * (j + half));
            sum += up;
        }

        for (var j = largest; j > 0 && down > 1e-17 * sum; j--)
        {
            down *= j * (j - 1 + half) / (x * x);
            sum += down;
        }

        return sum * Math.Exp(logarithm);
    }
}

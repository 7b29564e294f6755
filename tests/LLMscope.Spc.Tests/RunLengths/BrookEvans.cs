using LLMscope.Spc.RunLengths;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Tests.RunLengths;

/// <summary>
/// Average run lengths by cells of equal width, extrapolated: slower and less exact than quadrature, and nothing in common with it.
/// </summary>
/// <remarks>Brook and Evans, Biometrika 59(3), 1972, 539-549; Lucas and Saccucci, Technometrics 32(1), 1990, 1-12.</remarks>
internal static class BrookEvans
{
    public static double UpperCusum(double k, double h, int cells)
        => Extrapolated(cells, size =>
        {
            var width = 2 * h / ((2 * size) - 1);
            return Mean(size, start: 0, (from, to) => Normal.CDF(0, 1, k + ((to - from + 0.5) * width))
                - (to == 0 ? 0 : Normal.CDF(0, 1, k + ((to - from - 0.5) * width))));
        });

    public static double Ewma(double lambda, double l, int cells)
        => Extrapolated(cells, size =>
        {
            var limit = l * Math.Sqrt(lambda / (2 - lambda));
            var width = 2 * limit / size;
            return Mean(size, start: size / 2, (from, to) => Normal.CDF(0, 1, Score(from, to + 1)) - Normal.CDF(0, 1, Score(from, to)));

            double Score(int from, int edge)
                => (-limit + (edge * width) - ((1 - lambda) * (-limit + ((from + 0.5) * width)))) / lambda;
        });

    // The error falls with the square of the width of a cell.
    private static double Extrapolated(int cells, Func<int, double> mean)
    {
        var (coarse, fine) = (cells, (2 * cells) + 1);
        var (rough, better) = (mean(coarse), mean(fine));
        return better + ((better - rough) / (((double)fine * fine / coarse / coarse) - 1));
    }

    private static double Mean(int size, int start, Func<int, int, double> move)
    {
        var moves = new double[size * size];
        var exits = new double[size];
        for (var from = 0; from < size; from++)
        {
            double stays = 0;
            for (var to = 0; to < size; to++)
                stays += moves[(from * size) + to] = move(from, to);
            exits[from] = Math.Max(0, 1 - stays);
        }

        return new AbsorbingChain(moves, exits).MeanTimes()[start];
    }
}

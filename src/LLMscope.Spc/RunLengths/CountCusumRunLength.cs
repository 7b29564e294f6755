using LLMscope.Spc.Cusum;
using MathNet.Numerics;

namespace LLMscope.Spc.RunLengths;

/// <summary>How many points a CUSUM of independent counts takes until its first signal. Exact, since its sums lie on a lattice.</summary>
/// <remarks>Lucas, Technometrics 27(2), 1985, 129-144, and Brook and Evans, Biometrika 59(3), 1972, 539-549: a finite Markov chain.</remarks>
public static class CountCusumRunLength
{
    /// <summary>The most steps of its lattice a threshold may count; a chain of so many states takes about a second.</summary>
    public const int MostStates = 2_000;

    private const int FinestLattice = 1_000;

    /// <summary>The average run length of Poisson counts, in points.</summary>
    /// <param name="parameters">With k and head start on a common lattice of at most 1 / 1000, so that the chain is finite.</param>
    /// <param name="mean">The mean count of a point, above 0.</param>
    public static double PoissonMean(CountCusumParameters parameters, double mean)
    {
        var (chain, first) = Poisson(parameters, mean);
        return chain.MeanFrom(first);
    }

    /// <summary>The whole distribution of the run length of Poisson counts.</summary>
    /// <inheritdoc cref="PoissonMean"/>
    public static RunLength OfPoisson(CountCusumParameters parameters, double mean)
    {
        var (chain, first) = Poisson(parameters, mean);
        return RunLength.Of(chain.Survival(first), window: 5);
    }

    /// <summary>The average run length of single calls that fail with a probability, in calls.</summary>
    /// <inheritdoc cref="PoissonMean"/>
    public static double BernoulliMean(CountCusumParameters parameters, double probability)
    {
        var (chain, first) = Bernoulli(parameters, probability);
        return chain.MeanFrom(first);
    }

    /// <summary>The whole distribution of the run length of single calls.</summary>
    /// <inheritdoc cref="BernoulliMean"/>
    public static RunLength OfBernoulli(CountCusumParameters parameters, double probability)
    {
        var (chain, first) = Bernoulli(parameters, probability);
        return RunLength.Of(chain.Survival(first), window: 5);
    }

    private static (AbsorbingChain Chain, double[] First) Poisson(CountCusumParameters parameters, double mean)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mean);
        return Chain(parameters, count => count < 0 ? 0 : Math.Exp((count * Math.Log(mean)) - mean - SpecialFunctions.GammaLn(count + 1)), Above);

        double Above(int count) => count < 0 ? 1 : SpecialFunctions.GammaLowerRegularized(count + 1, mean);
    }

    private static (AbsorbingChain Chain, double[] First) Bernoulli(CountCusumParameters parameters, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        return Chain(
            parameters,
            count => count == 0 ? 1 - probability : count == 1 ? probability : 0,
            count => count < 0 ? 1 : count == 0 ? probability : 0);
    }

    private static (AbsorbingChain Chain, double[] First) Chain(CountCusumParameters parameters, Func<int, double> of, Func<int, double> above)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var lattice = LatticeOf(parameters);
        var k = (int)Math.Round(parameters.K * lattice);
        var start = (int)Math.Round(parameters.HeadStart * lattice);
        var highest = (int)Math.Floor((parameters.H + CountCusumParameters.Rounding) * lattice);
        var size = highest + 1;
        if (size > MostStates)
            throw new ArgumentException($"The threshold counts {size} steps of the lattice, more than {MostStates}.", nameof(parameters));

        var moves = new double[size * size];
        var exits = new double[size];
        for (var sum = 0; sum < size; sum++)
        {
            Moves(sum, moves.AsSpan(sum * size, size));
            exits[sum] = above((highest - sum + k) / lattice);
        }

        var first = new double[size];
        Moves(start, first);
        return (new AbsorbingChain(moves, exits), first);

        void Moves(int sum, Span<double> probabilities)
        {
            var next = sum - k;
            for (var count = 0; next <= highest; count++, next += lattice)
                probabilities[Math.Max(0, next)] += of(count);
        }
    }

    // The number of lattice steps in a count of 1.
    private static int LatticeOf(CountCusumParameters parameters)
    {
        for (var steps = 1; steps <= FinestLattice; steps++)
        {
            if (IsWhole(parameters.K * steps) && IsWhole(parameters.HeadStart * steps))
                return steps;
        }

        throw new ArgumentException(
            $"Reference value {parameters.K} and head start {parameters.HeadStart} lie on no lattice of 1 / {FinestLattice} or coarser; round them.",
            nameof(parameters));

        static bool IsWhole(double value) => Math.Abs(value - Math.Round(value)) < 1e-7;
    }
}

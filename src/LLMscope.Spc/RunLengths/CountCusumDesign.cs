using LLMscope.Spc.Cusum;

namespace LLMscope.Spc.RunLengths;

/// <summary>
/// Designs CUSUMs of counts: the reference value that finds a rise soonest, and a threshold for the false alarms one is willing to answer.
/// </summary>
/// <remarks>Counts are whole, so an average run length is met as the shortest one that is not below it.</remarks>
public static class CountCusumDesign
{
    /// <summary>For Poisson counts whose mean may rise; the reference value is rounded by at most a fortieth.</summary>
    /// <param name="mean">Of the counts in control, above 0.</param>
    /// <param name="raised">The mean to be found, above it.</param>
    /// <param name="averageRunLength">In points and in control, at least 1.</param>
    public static CountCusumParameters Poisson(double mean, double raised, double averageRunLength)
    {
        var reference = CountCusumParameters.PoissonReference(mean, raised);
        var lattice = Math.Ceiling(20 / reference);
        var k = Math.Round(reference * lattice) / lattice;
        return Shortest(h => new CountCusumParameters(k, h / lattice), design => CountCusumRunLength.PoissonMean(design, mean), averageRunLength);
    }

    /// <summary>For single calls whose probability of failing may rise; the reference value is rounded to one in so many calls.</summary>
    /// <param name="probability">Of a failure in control, above 0; the raised one must give a reference value above 1 / 1000.</param>
    /// <param name="averageRunLength">In calls and in control, at least 1.</param>
    public static CountCusumParameters Bernoulli(double probability, double raised, double averageRunLength)
    {
        var lattice = Math.Round(1 / CountCusumParameters.BernoulliReference(probability, raised));
        return Shortest(
            h => new CountCusumParameters(1 / lattice, h / lattice), design => CountCusumRunLength.BernoulliMean(design, probability), averageRunLength);
    }

    private static CountCusumParameters Shortest(Func<int, CountCusumParameters> design, Func<CountCusumParameters, double> mean, double target)
    {
        if (!(target >= 1 && double.IsFinite(target)))
            throw new ArgumentOutOfRangeException(nameof(target), target, "An average run length is at least 1 and finite.");

        var high = 1;
        while (mean(design(high)) < target)
            high *= 2;

        var low = high / 2;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (mean(design(middle)) < target)
                low = middle;
            else
                high = middle;
        }

        return design(high);
    }
}

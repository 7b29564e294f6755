namespace LLMscope.Spc.Multivariate;

/// <summary>Estimates a multivariate baseline, or says why there is none.</summary>
internal static class MultivariateEstimation
{
    // The share of a variable's variance that the variables before it must leave open. Below it the inverse has lost most of its digits.
    private const double LeastOwnVariance = 1e-9;

    public static MultivariateBaseline Kept(int count, CovarianceEstimator estimator, double[] mean, double[] covariance)
    {
        if (covariance.Length != mean.Length * mean.Length)
            throw new ArgumentException($"A covariance of {mean.Length} variables has {mean.Length * mean.Length} numbers, not {covariance.Length}.", nameof(covariance));

        var inverse = new double[covariance.Length];
        return Invert(covariance, mean.Length, inverse) is { } dependent
            ? new MultivariateBaseline(mean.Length, count, estimator, MultivariateProblem.DependentVariable, dependent)
            : new MultivariateBaseline(mean.Length, count, estimator, mean, covariance, inverse);
    }

    // Both limits need a positive number of degrees of freedom; differences have two for three observations.
    public static int Fewest(int variables, CovarianceEstimator estimator)
        => estimator == CovarianceEstimator.Sample ? variables + 2 : ((3 * (variables + 2)) + 1) / 2;

    public static MultivariateBaseline Estimate(double[,] observations, CovarianceEstimator estimator)
    {
        ArgumentNullException.ThrowIfNull(observations);
        var variables = observations.GetLength(1);
        var used = Enumerable.Range(0, observations.GetLength(0))
            .Select(row => Enumerable.Range(0, variables).Select(column => observations[row, column]).ToArray())
            .Where(row => !Array.Exists(row, double.IsNaN))
            .ToArray();

        var infinite = Array.FindIndex([.. Enumerable.Range(0, variables)], column => Array.Exists(used, row => double.IsInfinity(row[column])));
        if (infinite >= 0)
            return Without(MultivariateProblem.InfiniteValue, infinite);
        if (variables == 0 || used.Length < Fewest(variables, estimator))
            return Without(MultivariateProblem.TooFewObservations, null);

        var mean = new double[variables];
        for (var column = 0; column < variables; column++)
            mean[column] = used.Average(row => row[column]);

        var constant = Array.FindIndex([.. Enumerable.Range(0, variables)], column => Array.TrueForAll(used, row => row[column] == used[0][column]));
        if (constant >= 0)
            return Without(MultivariateProblem.NoVariation, constant);

        return Kept(used.Length, estimator, mean, estimator == CovarianceEstimator.Sample ? Sample(used, mean) : SuccessiveDifferences(used));

        MultivariateBaseline Without(MultivariateProblem problem, int? variable)
            => new(variables, used.Length, estimator, problem, variable);
    }

    private static double[] Sample(double[][] rows, double[] mean)
        => Products(rows.Select(row => row.Zip(mean, (value, centre) => value - centre).ToArray()), mean.Length, rows.Length - 1);

    private static double[] SuccessiveDifferences(double[][] rows)
        => Products(
            rows.Skip(1).Zip(rows, (next, row) => next.Zip(row, (after, before) => after - before).ToArray()),
            rows[0].Length,
            2.0 * (rows.Length - 1));

    private static double[] Products(IEnumerable<double[]> vectors, int size, double divisor)
    {
        var products = new double[size * size];
        foreach (var vector in vectors)
        {
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < size; j++)
                    products[(i * size) + j] += vector[i] * vector[j];
            }
        }

        return Array.ConvertAll(products, product => product / divisor);
    }

    // By Cholesky's decomposition of the correlations, so that the units of the variables play no part.
    private static int? Invert(double[] covariance, int size, double[] inverse)
    {
        var sigma = new double[size];
        var root = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            sigma[i] = Math.Sqrt(covariance[(i * size) + i]);
            for (var j = 0; j <= i; j++)
            {
                var rest = covariance[(i * size) + j] / (sigma[i] * sigma[j]);
                for (var k = 0; k < j; k++)
                    rest -= root[i, k] * root[j, k];
                if (i == j && !(rest > LeastOwnVariance))
                    return i;
                root[i, j] = i == j ? Math.Sqrt(rest) : rest / root[j, j];
            }
        }

        var own = InverseOfRoot(root, size);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                double sum = 0;
                for (var k = Math.Max(i, j); k < size; k++)
                    sum += own[k, i] * own[k, j];
                inverse[(i * size) + j] = sum / (sigma[i] * sigma[j]);
            }
        }

        return null;
    }

    private static double[,] InverseOfRoot(double[,] root, int size)
    {
        var inverse = new double[size, size];
        for (var column = 0; column < size; column++)
        {
            inverse[column, column] = 1 / root[column, column];
            for (var row = column + 1; row < size; row++)
            {
                double sum = 0;
                for (var k = column; k < row; k++)
                    sum -= root[row, k] * inverse[k, column];
                inverse[row, column] = sum / root[row, row];
            }
        }

        return inverse;
    }
}

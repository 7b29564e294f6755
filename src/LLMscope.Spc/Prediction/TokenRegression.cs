namespace LLMscope.Spc.Prediction;

/// <summary>
/// How long a call of this length should take: a fixed time, and a time for each prompt token that is read, each one found in the cache and each
/// token that is written. A longer answer is then no slower answer.
/// </summary>
/// <remarks>
/// Risk adjustment (Steiner et al., Biostatistics 1, 2000, 441-452) with the additive model of prefill and decoding. No time is negative
/// (Lawson and Hanson, Solving Least Squares Problems, 1974, chapter 23; with four times all sixteen choices of zeros are tried). Errors are relative, as
/// the noise of latency is, and far-out ones count less (Huber, Annals of Mathematical Statistics 35, 1964, 73-101).
/// </remarks>
/// <param name="Transform">The scale of the chart.</param>
/// <param name="Fixed">In the unit of the series.</param>
/// <param name="PerInputToken">Of those that were not cached.</param>
public sealed record TokenRegression(Transform Transform, double Fixed, double PerInputToken, double PerCachedToken, double PerOutputToken) : Adjustment
{
    private const int Terms = 4;
    private const int Rounds = 12;

    /// <param name="values">In the unit of the series.</param>
    /// <param name="contexts">As many; points without token counts are left out.</param>
    /// <param name="transform">The scale of the chart.</param>
    /// <returns>Null where the lengths say nothing: too few are known, or they are all alike.</returns>
    public static TokenRegression? Fit(ReadOnlySpan<double> values, ReadOnlySpan<PointContext> contexts, Transform transform)
    {
        var rows = new List<(double Value, double[] Terms)>(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (contexts[i].HasTokens && transform.Accepts(values[i]))
                rows.Add((values[i], TermsOf(contexts[i])));
        }

        if (rows.Count < 30 || rows.Count < 0.95 * values.Length)
            return null;

        var expected = new double[rows.Count];
        Array.Fill(expected, rows.Average(row => row.Value));
        var times = new double[Terms];
        for (var round = 0; round < Rounds; round++)
        {
            times = Solve(rows, Weights(rows, expected, transform));
            for (var i = 0; i < expected.Length; i++)
                expected[i] = Dot(times, rows[i].Terms);
        }

        return times[1] + times[2] + times[3] > 0 && expected.All(time => transform.Accepts(time))
            ? new TokenRegression(transform, times[0], times[1], times[2], times[3])
            : null;
    }

    public override double Of(in PointContext context)
    {
        var cached = double.IsFinite(context.CachedTokens) ? context.CachedTokens : 0;
        return Transform.Apply(
            Fixed + (PerInputToken * Math.Max(0, context.InputTokens - cached)) + (PerCachedToken * cached) + (PerOutputToken * context.OutputTokens));
    }

    private static double[] TermsOf(in PointContext context)
    {
        var cached = double.IsFinite(context.CachedTokens) ? context.CachedTokens : 0;
        return [1, Math.Max(0, context.InputTokens - cached), cached, context.OutputTokens];
    }

    private static double[] Weights(List<(double Value, double[] Terms)> rows, double[] expected, Transform transform)
    {
        var errors = new double[rows.Count];
        for (var i = 0; i < errors.Length; i++)
            errors[i] = transform == Transform.Log ? Math.Log(rows[i].Value / Math.Max(expected[i], 1e-300)) : rows[i].Value - expected[i];

        var far = 1.345 * Math.Max(Individuals.RobustScale.MedianAbsoluteDeviation(errors, Individuals.RobustScale.Median(errors)), 1e-12);
        var centre = Individuals.RobustScale.Median(errors);
        var weights = new double[errors.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            var relative = transform == Transform.Log ? 1 / Math.Max(expected[i] * expected[i], 1e-300) : 1;
            weights[i] = relative * Math.Min(1, far / Math.Max(Math.Abs(errors[i] - centre), 1e-300));
        }

        return weights;
    }

    private static double[] Solve(List<(double Value, double[] Terms)> rows, double[] weights)
    {
        var normal = new double[Terms, Terms];
        var right = new double[Terms];
        for (var row = 0; row < rows.Count; row++)
        {
            var (value, terms) = rows[row];
            for (var i = 0; i < Terms; i++)
            {
                right[i] += weights[row] * terms[i] * value;
                for (var j = 0; j < Terms; j++)
                    normal[i, j] += weights[row] * terms[i] * terms[j];
            }
        }

        return NonNegative(normal, right);
    }

    // The least squares with the fewest needed zeros: of all choices with no negative time the one that explains most.
    private static double[] NonNegative(double[,] normal, double[] right)
    {
        var best = new double[Terms];
        double explained = 0;
        for (var chosen = 1; chosen < 1 << Terms; chosen++)
        {
            var times = SolveChosen(normal, right, chosen);
            if (times is not null && Array.TrueForAll(times, time => time >= 0) && Dot(times, right) is var gain && gain > explained)
                (best, explained) = (times, gain);
        }

        return best;
    }

    private static double[]? SolveChosen(double[,] normal, double[] right, int chosen)
    {
        int[] places = [.. Enumerable.Range(0, Terms).Where(term => (chosen & (1 << term)) != 0)];
        var n = places.Length;
        var scale = Array.ConvertAll(places, place => Math.Sqrt(normal[place, place]));
        if (Array.Exists(scale, size => size <= 0))
            return null;

        // Cholesky of the scaled matrix; terms that say the same have no unique answer and are left to a smaller choice.
        var factor = new double[n, n];
        var solution = new double[n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = normal[places[i], places[j]] / (scale[i] * scale[j]);
                for (var k = 0; k < j; k++)
                    sum -= factor[i, k] * factor[j, k];
                if (i == j && sum < 1e-9)
                    return null;
                factor[i, j] = i == j ? Math.Sqrt(sum) : sum / factor[j, j];
            }

            solution[i] = right[places[i]] / scale[i];
            for (var k = 0; k < i; k++)
                solution[i] -= factor[i, k] * solution[k];
            solution[i] /= factor[i, i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
                solution[i] -= factor[k, i] * solution[k];
            solution[i] /= factor[i, i];
        }

        var times = new double[Terms];
        for (var i = 0; i < n; i++)
            times[places[i]] = solution[i] / scale[i];
        return times;
    }

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (var i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }
}

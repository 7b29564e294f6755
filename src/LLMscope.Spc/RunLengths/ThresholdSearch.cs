namespace LLMscope.Spc.RunLengths;

/// <summary>Finds the threshold at which a chart has an average run length. The mean must grow with the threshold.</summary>
internal static class ThresholdSearch
{
    /// <param name="mean">The average run length at a threshold above 0.</param>
    /// <param name="target">Above the average run length at threshold 0.</param>
    /// <returns>Ten digits of the threshold.</returns>
    public static double Find(Func<double, double> mean, double target, double guess)
    {
        // The logarithm of the mean is nearly straight in the threshold.
        double low = 0, high = double.PositiveInfinity;
        var x = guess;
        var error = ErrorAt(x);
        var (before, errorBefore) = (x * 0.98, ErrorAt(x * 0.98));
        for (var step = 0; step < 200; step++)
        {
            if (error < 0)
                low = Math.Max(low, x);
            else
                high = Math.Min(high, x);

            var next = x - (error * (x - before) / (error - errorBefore));
            var most = double.IsInfinity(high) ? 3 * x : high;
            if (!(next > low && next < most))
                next = double.IsInfinity(high) ? 1.5 * x : (low + high) / 2;

            (before, errorBefore) = (x, error);
            x = next;
            if (Math.Abs(x - before) <= 1e-11 * x || high - low <= 1e-12 * x)
                return x;
            error = ErrorAt(x);
            if (Math.Abs(error) < 1e-12)
                return x;
        }

        throw new ArithmeticException($"No threshold was found for an average run length of {target}.");

        double ErrorAt(double threshold) => Math.Log(mean(threshold) / target);
    }
}

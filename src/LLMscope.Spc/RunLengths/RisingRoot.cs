namespace LLMscope.Spc.RunLengths;

/// <summary>The root of a smooth rising function of a positive argument, with few evaluations: each of them may be a run length.</summary>
internal static class RisingRoot
{
    private const int MostEvaluations = 100;

    /// <param name="near">Where to begin.</param>
    /// <param name="precision">The largest value that counts as zero.</param>
    /// <returns>The argument of the last evaluation.</returns>
    /// <exception cref="NotSupportedException">There is no root.</exception>
    public static double Find(Func<double, double> function, double near, double precision)
    {
        double low = 0, high = double.PositiveInfinity;
        double earlier = double.NaN, earlierValue = double.NaN;
        var argument = near;
        for (var evaluation = 0; evaluation < MostEvaluations; evaluation++)
        {
            var value = function(argument);
            if (Math.Abs(value) <= precision)
                return argument;

            if (value < 0)
                low = argument;
            else
                high = argument;

            // The secant, as long as it stays between what is known to be too small and too large and takes no leap.
            var next = argument - (value * (argument - earlier) / (value - earlierValue));
            if (!(next > low && next < high && next > argument / 2 && next < 2 * argument))
                next = evaluation == 0 ? argument * (1 - Math.Clamp(value / 20, -0.2, 0.2)) : double.IsInfinity(high) ? 1.5 * argument : (low + high) / 2;
            (earlier, earlierValue, argument) = (argument, value, next);
        }

        throw new NotSupportedException("No width of the lines has the run length asked for.");
    }
}

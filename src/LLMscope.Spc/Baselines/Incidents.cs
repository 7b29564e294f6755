using LLMscope.Spc.Individuals;

namespace LLMscope.Spc.Baselines;

/// <summary>
/// Finds incidents among the values of a baseline: three or more far-out values on one side with hardly a pause between them. A value that is
/// far out alone is no incident; it says how heavy the tail is.
/// </summary>
internal static class Incidents
{
    // In robust standard deviations from the median.
    private const double FarOut = 5;
    private const int Fewest = 3;
    private const int LongestPause = 3;

    /// <param name="scaled">On the scale of the chart; not a number means missing.</param>
    /// <returns>The indices of the values of incidents, the few in between included, ascending.</returns>
    public static IReadOnlyList<int> Find(double[] scaled)
    {
        var present = Array.FindAll(scaled, double.IsFinite);
        var median = RobustScale.Median(present);
        var bound = FarOut * RobustScale.MedianAbsoluteDeviation(present, median);
        var found = new List<int>();
        if (bound == 0)
            return found;

        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            var (first, last, far) = (-1, -1, 0);
            for (var index = 0; index <= scaled.Length; index++)
            {
                var ends = index == scaled.Length || (far > 0 && index - last > LongestPause);
                if (ends)
                {
                    // Twice in a row by chance is a matter of a heavy tail; the share of far-out values says how likely three are.
                    if (far >= Fewest)
                        found.AddRange(Enumerable.Range(first, last - first + 1).Where(place => double.IsFinite(scaled[place])));
                    far = 0;
                }

                if (index < scaled.Length && side * (scaled[index] - median) > bound)
                    (first, last, far) = (far == 0 ? index : first, index, far + 1);
            }
        }

        // A process in which one value in ten is far out has a heavy tail, not that many incidents.
        return found.Count > present.Length / 10 ? [] : [.. found.Distinct().Order()];
    }
}

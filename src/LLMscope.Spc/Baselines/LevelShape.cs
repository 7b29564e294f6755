using LLMscope.Spc.Prediction;

namespace LLMscope.Spc.Baselines;

/// <summary>Tells a level that moves in steps from one that moves all the time.</summary>
internal static class LevelShape
{
    // Errors beyond so many standard deviations count as that, in both descriptions.
    private const double Clip = 3;

    // Steps are believed only where they are clearly better: to leave out half of a wandering process costs more false alarms than to keep a step.
    private const double ClearlyBetter = 15;

    /// <summary>Whether a moving average describes the values better than levels with steps between them, by the Bayesian information criterion.</summary>
    /// <param name="values">On the scale of the chart, without missing ones.</param>
    /// <param name="stretches">What the scan found in the same values.</param>
    public static bool Wanders(double[] values, IReadOnlyList<StableStretch> stretches)
    {
        var errors = new double[values.Length];
        var first = 0;
        foreach (var stretch in stretches)
        {
            var mean = values.AsSpan(first, stretch.Count).ToArray().Average();
            for (var i = first; i < first + stretch.Count; i++)
                errors[i] = values[i] - mean;
            first += stretch.Count;
        }

        var clip = Clip * BaselineStudy.Spread(errors);
        var steps = errors.Average(error => Math.Min(error * error, clip * clip));
        var average = EwmaForecast.Fit(values, clip).MeanSquare;

        // A step has a place and a size; the average its weight and where it began.
        var (ofSteps, ofAverage) = ((2 * stretches.Count) - 1, 2);
        return (values.Length * Math.Log(average / steps)) + ((ofAverage - ofSteps) * Math.Log(values.Length)) < ClearlyBetter;
    }
}

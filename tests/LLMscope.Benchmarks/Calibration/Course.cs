using LLMscope.Spc.Baselines;

namespace LLMscope.Benchmarks.Calibration;

/// <summary>An endless process in control: standard normal scores, dependent or not, on which a marginal distribution is put.</summary>
/// <param name="Kind">Under which it is counted in the table.</param>
/// <param name="Scores">A new source of scores, from the source of independent normal ones.</param>
internal sealed record Course(string Kind, string Name, Marginal Marginal, Func<NormalSource, Func<double>> Scores)
{
    public static Course Bootstrap(RecordedSeries series, Marginal marginal)
        => new("resampled", series.Name, marginal, normals => normals.Next);

    /// <summary>A surrogate: the same marginal, and the first ten autocorrelations that the normal scores of the real order have.</summary>
    public static Course Surrogate(RecordedSeries series, Marginal marginal)
    {
        var coefficients = AutoregressiveScores.Coefficients(RankScores.Of(series.Values), lags: 10);
        return new("surrogate", series.Name, marginal, normals => AutoregressiveScores.Of(coefficients, normals));
    }
}

using LLMscope.Spc.Multivariate;

namespace LLMscope.Spc.Judging;

/// <summary>A baseline of several characteristics from points as they came, without those that lie far from the others.</summary>
/// <param name="Baseline">Null where <paramref name="Problem"/> says why.</param>
/// <param name="Excluded">The indices of observations that were left out.</param>
/// <param name="Problem">What goes on after the name of the characteristic, or after "the baseline"; empty where there is none.</param>
/// <param name="ProblemVariable">The characteristic that it is about, where it is about one.</param>
/// <param name="Remarks">What a reader of the limits should know, a sentence each.</param>
public sealed record JointPhaseOne(
    MultivariateBaseline? Baseline, IReadOnlyList<int> Excluded, string Problem, int? ProblemVariable, IReadOnlyList<string> Remarks)
{
    // More would make the baseline out of what suits it.
    private const double MostExcluded = 0.1;

    // Of neighbours, beyond which a chart of independent points raises clearly more alarms than it announces.
    private const double MuchCorrelation = 0.3;

    // Beyond a limit that one point in a hundred exceeds: three times as many are not chance in a baseline of a hundred.
    private const double TailShare = 0.01;
    private const double TailExcess = 3;

    /// <param name="observations">A row each in the order of their time, a column for each characteristic.</param>
    public static JointPhaseOne Analyse(double[,] observations)
    {
        ArgumentNullException.ThrowIfNull(observations);
        var kept = Enumerable.Range(0, observations.GetLength(0)).ToList();
        var excluded = new List<int>();
        while (true)
        {
            var rows = RowsOf(observations, kept);
            if (JointFit.Of(rows, CovarianceEstimator.Sample, out var problem, out var variable) is not { } baseline)
                return new JointPhaseOne(null, [], problem, variable, []);

            var outlying = JointFit.Outlying(baseline, rows);
            if (outlying.Count == 0 || excluded.Count + outlying.Count > MostExcluded * observations.GetLength(0))
                return new JointPhaseOne(baseline, [.. excluded.Order()], "", null, [.. RemarksOf(baseline, rows, excluded.Count, outlying.Count)]);

            excluded.AddRange(outlying.Select(index => kept[index]));
            kept = [.. kept.Except(excluded)];
        }
    }

    private static IEnumerable<string> RemarksOf(MultivariateBaseline baseline, double[,] rows, int excluded, int stillOutlying)
    {
        if (stillOutlying > 0)
            yield return "More points lie far out than may be left out; some of them are in the limits.";

        var limit = baseline.PhaseOneLimit(TailShare);
        var t2 = Enumerable.Range(0, rows.GetLength(0)).Select(index => baseline.T2(RowOf(rows, index))).ToArray();
        var share = (double)(excluded + t2.Count(value => value > limit)) / (excluded + t2.Length);
        if (share > TailExcess * TailShare)
            yield return $"{100 * share:0.#} % of the points, with those that were left out, lie beyond a limit that normal ones exceed in 1 %: where that is usual, expect more false alarms than the budget has.";

        for (var column = 0; column < baseline.Variables; column++)
        {
            if (Correlation(rows, column, baseline.Mean[column]) > MuchCorrelation)
            {
                yield return "Neighbouring points resemble each other: expect more false alarms than the budget has, and try longer intervals.";
                yield break;
            }
        }
    }

    private static double Correlation(double[,] rows, int column, double mean)
    {
        double products = 0, squares = 0;
        for (var index = 0; index < rows.GetLength(0); index++)
        {
            var deviation = rows[index, column] - mean;
            squares += deviation * deviation;
            if (index > 0)
                products += deviation * (rows[index - 1, column] - mean);
        }

        return squares > 0 ? products / squares : 0;
    }

    private static double[] RowOf(double[,] rows, int index) => [.. Enumerable.Range(0, rows.GetLength(1)).Select(column => rows[index, column])];

    private static double[,] RowsOf(double[,] observations, List<int> kept)
    {
        var rows = new double[kept.Count, observations.GetLength(1)];
        foreach (var (index, from) in kept.Index())
        {
            for (var column = 0; column < rows.GetLength(1); column++)
                rows[index, column] = observations[from, column];
        }

        return rows;
    }
}

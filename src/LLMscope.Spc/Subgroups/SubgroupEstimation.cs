namespace LLMscope.Spc.Subgroups;

/// <summary>How the limits of an Xbar chart are estimated.</summary>
internal static class SubgroupEstimation
{
    public static SubgroupBaseline? Estimate(IEnumerable<Subgroup> subgroups, SubgroupSpread spread, out SubgroupProblem problem)
    {
        ArgumentNullException.ThrowIfNull(subgroups);
        var used = subgroups.Where(subgroup => subgroup.Size > 0).ToArray();
        var spreading = Array.FindAll(used, subgroup => subgroup.Size > 1);
        problem = FirstProblem(used, spreading, spread);
        if (problem != SubgroupProblem.None)
            return null;

        var sigma = spread == SubgroupSpread.Range ? FromRanges(spreading) : FromDeviations(spreading);
        if (sigma <= 0)
        {
            problem = SubgroupProblem.NoVariation;
            return null;
        }

        var values = used.Sum(subgroup => (long)subgroup.Size);
        var baseline = new SubgroupBaseline
        {
            Spread = spread,
            Centre = used.Sum(subgroup => subgroup.Mean * subgroup.Size) / values,
            Sigma = sigma,
            Subgroups = used.Length,
            Values = values,
            Dispersion = double.NaN,
        };
        return baseline with { Dispersion = SigmaOfZ.Of(used.Select(baseline.Standardised)) };
    }

    private static SubgroupProblem FirstProblem(Subgroup[] used, Subgroup[] spreading, SubgroupSpread spread)
    {
        if (used.Length < 2)
            return SubgroupProblem.TooFewSubgroups;
        if (spreading.Length == 0)
            return SubgroupProblem.SingleValues;
        if (!Array.TrueForAll(used, subgroup => double.IsFinite(subgroup.Mean))
            || !Array.TrueForAll(spreading, subgroup => double.IsFinite(subgroup.Range) && double.IsFinite(subgroup.Deviation)))
            return SubgroupProblem.NotFinite;
        return spread == SubgroupSpread.Range && Array.Exists(spreading, subgroup => subgroup.Size > SubgroupBaseline.LargestForRange)
            ? SubgroupProblem.TooLargeForRange
            : SubgroupProblem.None;
    }

    private static double FromRanges(Subgroup[] spreading)
    {
        double sum = 0, weights = 0;
        foreach (var subgroup in spreading)
        {
            var constants = ChartConstants.For(subgroup.Size);
            var weight = constants.MeanRange * constants.MeanRange / (constants.RangeSigma * constants.RangeSigma);
            sum += weight * subgroup.Range / constants.MeanRange;
            weights += weight;
        }

        return sum / weights;
    }

    private static double FromDeviations(Subgroup[] spreading)
    {
        var size = spreading[0].Size;
        if (Array.TrueForAll(spreading, subgroup => subgroup.Size == size))
            return spreading.Average(subgroup => subgroup.Deviation) / ChartConstants.C4(size);

        var freedom = spreading.Sum(subgroup => subgroup.Size - 1L);
        var squares = spreading.Sum(subgroup => (subgroup.Size - 1) * subgroup.Deviation * subgroup.Deviation);
        return Math.Sqrt(squares / freedom) / ChartConstants.C4(freedom + 1);
    }
}

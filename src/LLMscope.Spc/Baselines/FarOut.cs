using LLMscope.Spc.Scoring;

namespace LLMscope.Spc.Baselines;

/// <summary>
/// Where nobody would call a value ordinary, however heavy the tails: three times as far from the centre as any value of the baseline, and at least eight
/// standard deviations. How seldom chance alone gets there no baseline can say.
/// </summary>
internal static class FarOut
{
    private const double Sigmas = 8;
    private const double Times = 3;

    // Beyond every score that a forecast could explain away.
    private const double Jump = 20;

    public static LevelRange Of(ScoreCurve curve, double[] values)
    {
        var (centre, least) = (curve.Value(0), Sigmas * (curve.Value(1) - curve.Value(-1)) / 2);
        return new LevelRange(
            centre - Math.Max(least, Times * (centre - values.Min())), centre + Math.Max(least, Times * (values.Max() - centre)));
    }

    /// <summary>The same curve within the range, and so steep beyond it that what lies there stays far out after any forecast is taken away.</summary>
    public static ScoreCurve Steepen(ScoreCurve curve, LevelRange range)
    {
        var step = (range.Upper - range.Lower) / 100;
        var knots = curve.Values.Zip(curve.Scores).Where(knot => knot.First > range.Lower && knot.First < range.Upper).ToList();
        knots.Insert(0, (range.Lower, curve.Score(range.Lower)));
        knots.Insert(0, (range.Lower - step, knots[0].Second - Jump));
        knots.Add((range.Upper, curve.Score(range.Upper)));
        knots.Add((range.Upper + step, knots[^1].Second + Jump));
        return new ScoreCurve([.. knots.Select(knot => knot.First)], [.. knots.Select(knot => knot.Second)]);
    }
}

using LLMscope.Spc.Cusum;
using LLMscope.Spc.Ewma;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Service.Judging;

/// <summary>A run length that was asked for.</summary>
/// <param name="Ratio">The standard deviation of the points, in those of the chart.</param>
internal sealed record RunLengthQuestion(
    RuleSet Rules, RuleParameters Parameters, CusumParameters Cusum, EwmaParameters Ewma, double Shift, double Ratio)
{
    // Two ways to the mean, by linear equations and by adding up the survival, agree but where the survival is not followed far enough.
    private const double Disagreement = 1e-4;

    private double K1 => Rules.HasFlag(RuleSet.R1) ? Parameters.K1 : double.PositiveInfinity;

    /// <exception cref="NotSupportedException">The rules remember too much for an exact answer.</exception>
    public RunLengthResponse Answer()
    {
        var (mean, length) = Solve();
        var isWhole = length.Mean == mean || Math.Abs((length.Mean / mean) - 1) < Disagreement;
        var remark = double.IsInfinity(mean) ? "The chart practically never signals: the average is beyond what a number can hold."
            : isWhole ? null
            : "Only the average is known to all its digits.";
        return new RunLengthResponse(
            [.. Rules.Each().Select(JudgeWords.NameOf)],
            RuleNumbers.Of(new Detection
            {
                Alerting = Rules,
                Parameters = Parameters,
                Cusum = Rules.HasFlag(RuleSet.Cusum) ? Cusum : null,
                Ewma = Rules.HasFlag(RuleSet.Ewma) ? Ewma : null,
            }),
            Shift, Ratio, Known(mean), isWhole ? Known(length.StandardDeviation) : null,
            isWhole ? QuantilesOf(length) : new RunLengthQuantiles(null, null, null, null, null, null, null),
            10_000 / mean, remark);
    }

    private (double Mean, RunLength Length) Solve()
    {
        if (Rules.HasFlag(RuleSet.Cusum))
            return (CusumRunLength.Mean(Cusum, Shift, Ratio, K1), CusumRunLength.Of(Cusum, Shift, Ratio, K1));
        if (Rules.HasFlag(RuleSet.Ewma))
            return (EwmaRunLength.Mean(Ewma, Shift, Ratio), EwmaRunLength.Of(Ewma, Shift, Ratio));

        var length = RunLength.Of(Rules, Parameters, Shift, Ratio);
        return (length.Mean, length);
    }

    private static RunLengthQuantiles QuantilesOf(RunLength length)
    {
        return new RunLengthQuantiles(At(0.05), At(0.1), At(0.25), At(0.5), At(0.75), At(0.9), At(0.95));

        long? At(double probability) => length.Quantile(probability) is < long.MaxValue and var points ? points : null;
    }

    private static double? Known(double number) => double.IsFinite(number) ? number : null;
}

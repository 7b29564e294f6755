using LLMscope.Spc.Cusum;
using LLMscope.Spc.Ewma;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Judging;

/// <summary>The numbers with which rules and detectors together keep to a number of false alarms.</summary>
public static class BudgetedDetection
{
    /// <summary>
    /// Each rule and detector gets an equal share of the false alarms. Nelson's rules among themselves, and R1 with a CUSUM, meet their part exactly; other mixtures
    /// raise at most as many as asked for, since an alarm of one may be one of another too.
    /// </summary>
    /// <param name="rules">At least one of Nelson's eight, CUSUM and EWMA; the level has no share.</param>
    /// <param name="points">The average run length asked for, at least <see cref="Calibration.FewestPoints"/>.</param>
    /// <param name="k">Of the CUSUM.</param>
    /// <param name="lambda">Of the EWMA.</param>
    /// <exception cref="NotSupportedException">No numbers keep the budget.</exception>
    public static Detection For(RuleSet rules, double points, double k, double lambda)
    {
        var nelson = rules & RuleSet.All;
        var sums = rules & (RuleSet.Cusum | RuleSet.Ewma);
        var parts = nelson.Count() + sums.Count();
        var detection = new Detection { Alerting = rules };
        if (nelson == RuleSet.R1 && sums == RuleSet.Cusum)
        {
            var k1 = -Normal.InvCDF(0, 1, 0.25 / points);
            return detection with
            {
                Parameters = new RuleParameters { K1 = k1 },
                Cusum = new CusumParameters(k, CusumDesign.ThresholdFor(points, k, k1)),
            };
        }

        if (nelson != RuleSet.None)
            detection = detection with { Parameters = Calibration.For(nelson, points * parts / nelson.Count()).Parameters };
        if (sums.HasFlag(RuleSet.Cusum))
            detection = detection with { Cusum = new CusumParameters(k, CusumDesign.ThresholdFor(points * parts, k)) };
        if (sums.HasFlag(RuleSet.Ewma))
            detection = detection with { Ewma = new EwmaParameters(lambda, EwmaDesign.WidthFor(points * parts, lambda, EwmaLimits.Exact)) };
        return detection;
    }
}

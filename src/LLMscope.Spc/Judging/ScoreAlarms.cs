using LLMscope.Spc.Cusum;
using LLMscope.Spc.Ewma;
using LLMscope.Spc.RunLengths;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Judging;

/// <summary>
/// How often a sum or an average of scores signals by mistake, given that centre and spread of the scores were estimated from a baseline: it
/// collects the smallest error of the centre, so a hundred points make several times the false alarms of a thousand.
/// </summary>
internal static class ScoreAlarms
{
    // Equal shares of the distribution of each error, represented by their middles.
    private const int Shares = 9;

    // The relative standard error of a spread estimated from m scores is about 0.72 / sqrt(m).
    private const double SpreadError = 0.72;

    /// <summary>The average run length of a CUSUM by the shift and the spread of its scores.</summary>
    public static Func<double, double, double> Of(CusumParameters parameters)
        => (shift, spread) => CusumRunLength.Mean(parameters, shift, spread, accuracy: Accuracy.Quick);

    /// <summary>The same of an EWMA.</summary>
    public static Func<double, double, double> Of(EwmaParameters parameters)
        => (shift, spread) => EwmaRunLength.Mean(parameters, shift, spread, accuracy: Accuracy.Quick);

    /// <summary>The expected rate and its 5 % and 95 % quantiles over baselines of this size, in alarms a point.</summary>
    /// <param name="count">The scores of the baseline.</param>
    /// <param name="centreIsFollowed">Whether a forecast follows the level, so that no error of the centre is left to collect.</param>
    public static FalseAlarmBand Rate(Func<double, double, double> runLength, int count, bool centreIsFollowed)
    {
        var error = 1 / Math.Sqrt(count);
        var rates = new double[Shares * Shares];
        for (var i = 0; i < Shares; i++)
        {
            // The two sides mirror each other, so the sign of the error does not matter.
            var shift = centreIsFollowed ? 0 : error * Normal.InvCDF(0, 1, 0.5 + ((i + 0.5) / Shares / 2));
            for (var j = 0; j < Shares; j++)
            {
                var spread = 1 + (SpreadError * error * Normal.InvCDF(0, 1, (j + 0.5) / Shares));
                rates[(i * Shares) + j] = 1 / runLength(shift, spread);
            }
        }

        var mean = rates.Average();
        Array.Sort(rates);
        return new FalseAlarmBand(rates[(int)(0.05 * rates.Length)], mean, rates[(int)(0.95 * rates.Length)]);
    }

    /// <summary>The threshold at which the expected rate of a CUSUM is one alarm in so many points.</summary>
    public static double ThresholdFor(double pointsPerAlarm, double k, int count, bool centreIsFollowed)
    {
        // The logarithm of the rate falls nearly straight with the threshold: a few secant steps from the threshold for known parameters.
        var target = -Math.Log(pointsPerAlarm);
        var low = CusumDesign.ThresholdFor(pointsPerAlarm, k);
        var (atLow, high) = (At(low), low * 1.1);
        for (var step = 0; step < 12; step++)
        {
            var atHigh = At(high);
            if (Math.Abs(atHigh) < 1e-3 || atHigh == atLow)
                break;
            var next = high - (atHigh * (high - low) / (atHigh - atLow));
            (low, atLow, high) = (high, atHigh, Math.Clamp(next, high * 0.7, high * 1.6));
        }

        return high;

        double At(double h) => Math.Log(Rate(Of(new CusumParameters(k, h)), count, centreIsFollowed).Expected) - target;
    }
}

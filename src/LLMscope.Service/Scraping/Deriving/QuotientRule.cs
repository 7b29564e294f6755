using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.Scraping.Deriving;

/// <summary>What one counter gains for each that another gains: seconds per token, hits per query, time busy per time. Nothing where the other gains nothing.</summary>
/// <param name="Factor">What the quotient is multiplied with to be in the base unit.</param>
/// <param name="IsRest">Whether one minus it is meant.</param>
/// <param name="CountsCalls">Whether the other counter counts observations, which the value then stands for.</param>
internal sealed record QuotientRule(
    Metric Counter, Metric Per, Characteristic Characteristic, double Factor = 1, bool IsRest = false, bool CountsCalls = true) : Rule(Characteristic)
{
    // The kernel may count idle time down a little, and counters are not read at one instant: a share just beyond its bounds is at them.
    private const double Tolerance = 0.05;

    public override IReadOnlyList<Metric> Metrics => [Counter, Per];

    public override string Words => $"{(IsRest ? "1 − " : "")}gain of `{Counter}` / gain of `{Per}`{(Factor == 1 ? "" : $" × {Factor}")}";

    public override IEnumerable<DerivedValue> Derive(ScrapeInterval interval)
    {
        foreach (var (source, gained) in interval.Gains(Metrics))
        {
            if (gained is not [>= 0 and var part, > 0 and var whole])
                continue;

            var quotient = Factor * part / whole;
            if (Characteristic.Unit == Unit.Ratio && quotient is > 1 and <= 1 + Tolerance)
                quotient = 1;
            yield return new DerivedValue(source, IsRest ? 1 - quotient : quotient, CountsCalls ? DerivedValue.CountOf(whole) : 1);
        }
    }
}

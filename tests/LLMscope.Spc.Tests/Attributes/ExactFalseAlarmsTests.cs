using System.Globalization;
using LLMscope.Spc.Attributes;

namespace LLMscope.Spc.Tests.Attributes;

public class ExactFalseAlarmsTests
{
    public static TheoryData<string, string, string> Charts
    {
        get
        {
            var charts = new TheoryData<string, string, string>();
            foreach (var row in Rows())
                charts.Add(row["chart"], row["n"], row["chart"] == "c" ? row["mean_count_or_np"] : row["p"]);
            return charts;
        }
    }

    [Theory]
    [MemberData(nameof(Charts))]
    public void Three_sigma_limits_signal_falsely_as_often_as_the_table_says(string chart, string n, string parameter)
    {
        var (row, lines, above, below) = Of(chart, n, parameter);
        var limits = lines(AttributeLimits.ThreeSigma);

        Assert.Equal(TestTables.Number(row["LCL_3sigma"]), limits.Lower3, tolerance: 5.1e-6);
        Assert.Equal(TestTables.Number(row["UCL_3sigma"]), limits.Upper3, tolerance: 5.1e-6);
        var (high, low) = (above((int)Math.Floor(limits.Upper3)), below((int)Math.Ceiling(limits.Lower3)));
        Near(row["P_above"], high);
        Near(row["P_below"], low);
        Assert.Equal(TestTables.Number(row["ARL0_3sigma"]), 1 / (high + low), tolerance: 0.0051);
        Assert.Equal(TestTables.Number(row["ARL0_upper_only"]), 1 / high, tolerance: 0.0051);
    }

    [Theory]
    [MemberData(nameof(Charts))]
    public void Exact_limits_and_their_tails_are_those_of_the_table(string chart, string n, string parameter)
    {
        var (row, lines, above, below) = Of(chart, n, parameter);
        var upper = int.Parse(row["UCL_prob_limit(P(X>UCL)<=0.00135)"], CultureInfo.InvariantCulture);
        var lower = int.Parse(row["LCL_prob_limit(P(X<LCL)<=0.00135)"], CultureInfo.InvariantCulture);
        var limits = lines(AttributeLimits.Exact);

        Assert.Equal(upper + 0.5, limits.Upper3, precision: 9);
        Assert.Equal(lower - 0.5, limits.Lower3, precision: 9);
        Near(row["P_above_prob"], above(upper));
        Near(row["P_below_prob"], below(lower));
    }

    // The lines in events for a known process: what an endless baseline would estimate.
    private static (IReadOnlyDictionary<string, string> Row, Func<AttributeLimits, ZoneLimits> Lines, Func<int, double> Above, Func<int, double> Below) Of(
        string chart, string n, string parameter)
    {
        var row = Rows().Single(row => row["chart"] == chart && row["n"] == n && row[chart == "c" ? "mean_count_or_np" : "p"] == parameter);
        var known = TestTables.Number(parameter);
        if (chart == "c")
        {
            return (row, limits => limits == AttributeLimits.ThreeSigma ? Counts(known).For(limits) : ExactCounts(known),
                events => PoissonLimits.Above(known, events), events => PoissonLimits.Below(known, events));
        }

        var units = int.Parse(n, CultureInfo.InvariantCulture);
        return (row, limits => limits == AttributeLimits.ThreeSigma ? UnitCounts(known, units).For(limits) : ExactUnits(known, units),
            events => BinomialLimits.Above(units, known, events), events => BinomialLimits.Below(units, known, events));
    }

    private static CountBaseline Counts(double mean)
        => new() { Rate = new RateBaseline { Exposure = 100_000, Events = (long)Math.Round(mean * 100_000), Subgroups = 100_000 } };

    private static UnitCountBaseline UnitCounts(double probability, int units)
        => new() { Units = units, Proportion = new ProportionBaseline { Units = 100_000, Events = (long)Math.Round(probability * 100_000), Subgroups = 100 } };

    private static ZoneLimits ExactCounts(double mean)
        => ZoneLimits.From(k => k > 0 ? PoissonLimits.Upper(mean, k) : k < 0 ? PoissonLimits.Lower(mean, -k) : mean);

    private static ZoneLimits ExactUnits(double probability, int units)
        => ZoneLimits.From(k => units * (k > 0 ? BinomialLimits.Upper(units, probability, k) : k < 0 ? BinomialLimits.Lower(units, probability, -k) : probability));

    // Six significant digits are printed.
    private static void Near(string printed, double value)
        => Assert.Equal(TestTables.Number(printed), value, tolerance: 1e-5 * TestTables.Number(printed));

    private static IEnumerable<IReadOnlyDictionary<string, string>> Rows() => TestTables.Rows("attribute-chart-exact-false-alarms.csv");
}

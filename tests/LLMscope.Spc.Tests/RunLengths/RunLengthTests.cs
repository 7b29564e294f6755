using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Tests.RunLengths;

public class RunLengthTests
{
    private const RuleSet Calibrated = RuleSet.R1 | RuleSet.R2 | RuleSet.R5 | RuleSet.R6;

    public static TheoryData<string> Sets => [.. TestTables.Rows("nelson-arl-shifts.csv").Select(row => row["rules"]).Distinct()];

    [Fact]
    public void All_255_sets_of_rules_have_the_run_lengths_of_the_table()
    {
        var rows = TestTables.Rows("nelson-arl-subsets.csv").ToArray();

        Assert.Equal(255, rows.Length);
        Assert.All(rows, row =>
        {
            var length = RunLength.Of((RuleSet)int.Parse(row["mask"]));

            Assert.Equal(1, length.Mean / TestTables.Number(row["ARL0"]), tolerance: 1e-6);
            Assert.Equal(1, length.StandardDeviation / TestTables.Number(row["SDRL0"]), tolerance: 1e-6);
            Assert.Equal(TestTables.Number(row["median_RL"]), length.Quantile(0.5));
        });
    }

    // 31 shifts and 13 spreads for each set. Where the mean is past 1e12 the table says no more than that.
    [Theory]
    [MemberData(nameof(Sets))]
    public void A_change_is_seen_after_as_many_points_as_in_the_table(string rules)
    {
        foreach (var row in TestTables.Rows("nelson-arl-shifts.csv").Where(row => row["rules"] == rules))
        {
            var value = TestTables.Number(row["value"]);
            var length = row["kind"] == "shift" ? RunLength.Of(SetOf(rules), shift: value) : RunLength.Of(SetOf(rules), spread: value);

            if (row["ARL"].StartsWith('>'))
            {
                Assert.True(length.Mean > 1e12);
                continue;
            }

            // The table's own method leaves a mean of 6e10 with five digits; that row is tested below against sixty.
            Assert.Equal(1, length.Mean / TestTables.Number(row["ARL"]), tolerance: (rules, row["kind"], value) == ("R8", "sigma", 0.5) ? 1e-5 : 1e-6);
            if (row["SDRL"].Length == 0)
                continue;

            Assert.Equal(1, length.StandardDeviation / TestTables.Number(row["SDRL"]), tolerance: 1e-5);
            foreach (var (column, probability) in Quantiles.Where(_ => length.Mean < 1e6))
                Assert.Equal(TestTables.Number(row[column]), length.Quantile(probability));
        }
    }

    [Fact]
    public void Rare_signals_keep_their_digits()
    {
        // Solved with 60 decimal digits.
        Assert.Equal(1, RunLength.Of(RuleSet.R8, spread: 0.5).Mean / 57469776840.48175931, tolerance: 1e-12);

        // A run of n points with probability p each takes (1 - p^n) / ((1 - p) p^n) points.
        const double within = 6.220960574271785e-16 - 7.619853024160527e-24;
        Assert.Equal(1, RunLength.Of(RuleSet.R7, shift: 9).Mean * Math.Pow(within, 15), tolerance: 1e-9);
    }

    [Fact]
    public void Other_lengths_have_the_run_lengths_of_the_table()
    {
        var rows = TestTables.Rows("rule-parameter-arl0.csv").Where(row => row["parameter"].StartsWith("n=", StringComparison.Ordinal)).ToArray();

        Assert.True(rows.Length > 50);
        Assert.All(rows, row =>
        {
            var length = int.Parse(row["parameter"][2..].Split(' ')[0]);
            var parameters = new RuleParameters { N2 = length, N3 = length, N4 = length, N7 = length, N8 = length };

            // Three decimals are printed.
            Assert.Equal(TestTables.Number(row["ARL0_alone"]), RunLength.Of(Enum.Parse<RuleSet>(row["rule"]), parameters).Mean, tolerance: 6e-4);
        });
    }

    // Calibrated sets of rules; their widths are printed with four decimals.
    [Theory]
    [InlineData(3.3528, 11, 2.1896, 1.2537, 370.4, 15.52)]
    [InlineData(3.7199, 13, 2.4531, 1.4537, 1_440, 25.99)]
    [InlineData(4.1838, 16, 2.7855, 1.7034, 10_080, 54.60)]
    [InlineData(4.5079, 18, 3.0170, 1.8749, 43_200, 92.0)]
    public void Calibrated_widths_keep_their_false_alarm_budget(double k1, int n2, double k5, double k6, double inControl, double afterOneSigma)
    {
        var parameters = new RuleParameters { K1 = k1, N2 = n2, K5 = k5, K6 = k6 };

        Assert.Equal(1, RunLength.Of(Calibrated, parameters).Mean / inControl, tolerance: 1e-3);
        Assert.Equal(1, RunLength.Of(Calibrated, parameters, shift: 1).Mean / afterOneSigma, tolerance: 1e-3);
    }

    [Fact]
    public void The_control_limits_alone_signal_with_a_geometric_run_length()
    {
        var length = RunLength.Of(RuleSet.R1);

        Assert.Equal(370.3983473449564, length.Mean, tolerance: 1e-7);
        Assert.Equal(Math.Pow(1 - (1 / length.Mean), 1_000), length.Survival(1_000), tolerance: 1e-12);
        Assert.Equal(1, length.Survival(0));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(32)]
    public void A_run_on_one_side_follows_its_closed_form(int length)
        => Assert.Equal(1, RunLength.Of(RuleSet.R2, new RuleParameters { N2 = length }).Mean / (Math.Pow(2, length) - 1), tolerance: 1e-12);

    [Fact]
    public void Upward_and_downward_shifts_are_seen_equally_soon()
        => Assert.Equal(RunLength.Of(RuleSet.All, shift: 0.7).Mean, RunLength.Of(RuleSet.All, shift: -0.7).Mean, tolerance: 1e-9);

    [Fact]
    public void The_streaming_judge_signals_as_often_as_computed()
    {
        const int Runs = 4_000;
        var exact = RunLength.Of(RuleSet.All);
        var rules = new NelsonRules(ZoneLimits.Symmetric(0, 1));
        var random = new Random(2024);
        long points = 0;
        for (var run = 0; run < Runs; run++)
        {
            rules.Break();
            do
                points++;
            while (!rules.Judge(MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1)).Any);
        }

        // Four standard errors.
        Assert.Equal(exact.Mean, (double)points / Runs, tolerance: 4 * exact.StandardDeviation / Math.Sqrt(Runs));
    }

    [Fact]
    public void What_never_happens_takes_for_ever()
    {
        var never = RunLength.Of(RuleSet.R7, score => score < 2 ? 0 : 1);

        Assert.Equal(double.PositiveInfinity, never.Mean);
        Assert.Equal(double.PositiveInfinity, never.StandardDeviation);
        Assert.Equal(long.MaxValue, never.Quantile(0.5));
        Assert.Equal(1, never.Survival(1_000_000));
    }

    [Fact]
    public void What_always_happens_takes_as_long_as_its_window()
    {
        var always = RunLength.Of(RuleSet.R2 | RuleSet.R7, score => score < 0 ? 0 : score < 1 ? 0.5 : 1);
        var soon = RunLength.Of(RuleSet.R2, score => score < 0.5 ? 0 : 1);

        Assert.Equal((9, 0, 9L), (soon.Mean, soon.StandardDeviation, soon.Quantile(0.99)));
        Assert.True(always.Mean < 15);
    }

    [Fact]
    public void Only_the_probabilities_of_the_zones_matter()
    {
        var normal = new MathNet.Numerics.Distributions.Normal(0.3, 1.1);

        Assert.Equal(RunLength.Of(RuleSet.All, shift: 0.3, spread: 1.1).Mean, RunLength.Of(RuleSet.All, normal.CumulativeDistribution).Mean, tolerance: 1e-9);
        Assert.Throws<ArgumentException>(() => RunLength.Of(RuleSet.R1, score => score < 0 ? 0.9 : 0.1));
        Assert.Throws<ArgumentException>(() => RunLength.Of(RuleSet.R1, _ => double.NaN));
    }

    [Theory]
    [InlineData(RuleSet.R1)]
    [InlineData(RuleSet.R1 | RuleSet.R2)]
    public void Skewed_points_have_the_run_lengths_of_the_table(RuleSet rules)
    {
        // Limits at the mean and its standard deviations of a log-normal with sigma 0.5: 65.0 points for R1 and 51.3 for R1 and R2.
        var (mean, deviation) = (Math.Exp(0.125), Math.Exp(0.125) * Math.Sqrt(Math.Exp(0.25) - 1));
        double Below(double score) => mean + (score * deviation) is > 0 and var value ? MathNet.Numerics.Distributions.LogNormal.CDF(0, 0.5, value) : 0;

        Assert.Equal(rules == RuleSet.R1 ? 65.0 : 51.3, RunLength.Of(rules, Below).Mean, tolerance: 0.05);
    }

    [Theory]
    [InlineData(RuleSet.R2 | RuleSet.R7 | RuleSet.R8)]
    [InlineData(RuleSet.All)]
    public void Rules_that_remember_too_much_are_refused(RuleSet rules)
    {
        var longest = new RuleParameters { N2 = 32, N3 = 32, N4 = 32, N7 = 32, N8 = 32, K7 = 2, K8 = 0.5 };

        Assert.Contains("too many", Assert.Throws<NotSupportedException>(() => RunLength.Of(rules, longest)).Message);
    }

    [Fact]
    public void A_chart_without_rules_has_no_run_length()
        => Assert.Throws<ArgumentException>(() => RunLength.Of(RuleSet.None));

    [Fact]
    public void A_detector_has_no_run_length_here()
        => Assert.Contains("Cusum", Assert.Throws<ArgumentException>(() => RunLength.Of(RuleSet.R1 | RuleSet.Cusum)).Message);

    private static readonly (string Column, double Probability)[] Quantiles =
        [("p05", 0.05), ("p10", 0.1), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p90", 0.9), ("p95", 0.95)];

    private static RuleSet SetOf(string rules)
    {
        var set = RuleSet.None;
        foreach (var part in rules.Split('+'))
        {
            var ends = part.Split('-');
            var (first, last) = (int.Parse(ends[0].TrimStart('R')), int.Parse(ends[^1].TrimStart('R')));
            for (var number = first; number <= last; number++)
                set |= (RuleSet)(1 << (number - 1));
        }

        return set;
    }
}

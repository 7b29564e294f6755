using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Tests.RunLengths;

public class RunLengthTests
{
    private const RuleSet Calibrated = RuleSet.R1 | RuleSet.R2 | RuleSet.R5 | RuleSet.R6;

    public static IEnumerable<TheoryDataRow<RuleSet, string, double, double, double, long>> Changes
        => TestTables.Rows("nelson-arl-shifts.csv")
            .Select(row => new TheoryDataRow<RuleSet, string, double, double, double, long>(
                SetOf(row["rules"]), row["kind"], TestTables.Number(row["value"]), TestTables.Number(row["ARL"]), TestTables.Number(row["SDRL"]), long.Parse(row["p95"])));

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

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_is_seen_after_as_many_points_as_in_the_table(RuleSet rules, string kind, double value, double mean, double deviation, long p95)
    {
        var length = kind == "shift" ? RunLength.Of(rules, shift: value) : RunLength.Of(rules, spread: value);

        Assert.Equal(1, length.Mean / mean, tolerance: 1e-6);
        Assert.Equal(1, length.StandardDeviation / deviation, tolerance: 1e-6);
        Assert.Equal(p95, length.Quantile(0.95));
    }

    [Theory]
    [InlineData("R2", 7, 127)]
    [InlineData("R2", 14, 16_383)]
    [InlineData("R3", 5, 73.344)]
    [InlineData("R3", 9, 201_602.356)]
    [InlineData("R4", 20, 9_037.807)]
    [InlineData("R7", 25, 43_944.441)]
    [InlineData("R8", 5, 478.222)]
    [InlineData("R8", 7, 4_579.184)]
    public void Other_lengths_have_the_run_lengths_of_the_table(string rule, int length, double mean)
    {
        var parameters = new RuleParameters { N2 = length, N3 = length, N4 = length, N7 = length, N8 = length };

        Assert.Equal(1, RunLength.Of(Enum.Parse<RuleSet>(rule), parameters).Mean / mean, tolerance: 1e-5);
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
    [InlineData(9, 1e-11)]
    [InlineData(16, 1e-10)]
    [InlineData(24, 1e-8)]
    [InlineData(30, 1e-6)]
    public void A_run_on_one_side_follows_its_closed_form_as_closely_as_promised(int length, double relative)
        => Assert.Equal(1, RunLength.Of(RuleSet.R2, new RuleParameters { N2 = length }).Mean / (Math.Pow(2, length) - 1), tolerance: relative);

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
    public void What_practically_never_happens_takes_for_ever()
    {
        var never = RunLength.Of(RuleSet.R7, shift: 8);

        Assert.Equal(double.PositiveInfinity, never.Mean);
        Assert.Equal(double.PositiveInfinity, never.StandardDeviation);
        Assert.Equal(long.MaxValue, never.Quantile(0.5));
    }

    [Fact]
    public void A_chart_without_rules_has_no_run_length()
        => Assert.Throws<ArgumentException>(() => RunLength.Of(RuleSet.None));

    [Fact]
    public void A_detector_has_no_run_length_here()
        => Assert.Contains("Cusum", Assert.Throws<ArgumentException>(() => RunLength.Of(RuleSet.R1 | RuleSet.Cusum)).Message);

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

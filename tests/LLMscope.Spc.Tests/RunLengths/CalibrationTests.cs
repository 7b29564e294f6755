using System.Text.Json;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Tests.RunLengths;

public class CalibrationTests
{
    private const RuleSet Four = RuleSet.R1 | RuleSet.R2 | RuleSet.R5 | RuleSet.R6;

    [Fact]
    public void The_presets_come_out_with_their_numbers_and_their_run_lengths()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(TestTables.PathOf("calibrated-presets.json")));
        Assert.Equal(5, document.RootElement.GetArrayLength());
        foreach (var preset in document.RootElement.EnumerateArray())
        {
            var found = Calibration.For(Four, preset.GetProperty("target_ARL0").GetDouble());

            Assert.Equal(preset.GetProperty("R1_k").GetDouble(), found.Parameters.K1, tolerance: 5.1e-5);
            Assert.Equal(preset.GetProperty("R2_n").GetInt32(), found.Parameters.N2);
            Assert.Equal(preset.GetProperty("R5_k").GetDouble(), found.Parameters.K5, tolerance: 5.1e-5);
            Assert.Equal(preset.GetProperty("R6_k").GetDouble(), found.Parameters.K6, tolerance: 5.1e-5);
            foreach (var shift in preset.GetProperty("ARL").EnumerateObject())
                Assert.Equal(shift.Value.GetDouble(), RunLength.Of(Four, found.Parameters, double.Parse(shift.Name)).Mean, tolerance: 0.0051);
        }
    }

    [Theory]
    [InlineData(Four, 20)]
    [InlineData(Four, 2_592_000)]
    [InlineData(RuleSet.R1, 50)]
    [InlineData(RuleSet.R5, 1e9)]
    [InlineData(RuleSet.R6, 20)]
    [InlineData(RuleSet.R1 | RuleSet.R3, 10_080)]
    [InlineData(RuleSet.R5 | RuleSet.R7 | RuleSet.R8, 10_080)]
    [InlineData(RuleSet.All, 500)]
    public void A_set_with_a_width_meets_its_target_to_nine_digits(RuleSet rules, double points)
    {
        var found = Calibration.For(rules, points);

        Assert.Equal(1, found.Mean / points, tolerance: 1e-9);
        Assert.Equal(1, RunLength.Of(rules, found.Parameters).Mean / points, tolerance: 1e-9);
    }

    [Theory]
    [InlineData(RuleSet.R2)]
    [InlineData(RuleSet.R3)]
    [InlineData(RuleSet.R4)]
    [InlineData(RuleSet.R7)]
    [InlineData(RuleSet.R8)]
    public void A_rule_of_lengths_takes_the_least_that_keeps_its_share(RuleSet rule)
    {
        var found = Calibration.For(rule, 10_080);

        Assert.True(found.Mean >= 10_080);
        Assert.True(RunLength.Of(rule, Shorter(found.Parameters)).Mean < 10_080);
    }

    [Fact]
    public void A_rule_outside_the_set_keeps_the_numbers_of_Nelson()
    {
        var found = Calibration.For(RuleSet.R1, 10_080).Parameters;

        Assert.Equal(RuleParameters.Default with { K1 = found.K1 }, found);
    }

    [Fact]
    public void More_time_between_alarms_means_wider_lines()
    {
        var widths = new[] { 30, 100, 370, 1_440, 1e4, 1e5, 1e6 }.Select(points => Calibration.For(Four, points).Parameters.K1).ToArray();

        Assert.Equal(widths.Order(), widths);
    }

    [Theory]
    [InlineData(19.9)]
    [InlineData(-1)]
    [InlineData(2e12)]
    [InlineData(double.NaN)]
    public void A_target_that_no_one_can_mean_is_refused(double points)
        => Assert.Throws<ArgumentOutOfRangeException>(() => Calibration.For(Four, points));

    [Fact]
    public void No_rule_and_no_detector_can_be_calibrated()
    {
        Assert.Throws<ArgumentException>(() => Calibration.For(RuleSet.None, 370));
        Assert.Throws<ArgumentException>(() => Calibration.For(RuleSet.R1 | RuleSet.Ewma, 370));
    }

    private static RuleParameters Shorter(RuleParameters numbers) => numbers with
    {
        N2 = numbers.N2 - 1,
        N3 = numbers.N3 - 1,
        N4 = numbers.N4 - 1,
        N7 = numbers.N7 - 1,
        N8 = numbers.N8 - 1,
    };
}

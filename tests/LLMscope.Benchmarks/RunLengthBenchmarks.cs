using BenchmarkDotNet.Attributes;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Benchmarks;

/// <summary>What exact run lengths cost, and what is made of them: they are asked for while someone ticks rules on and off.</summary>
public class RunLengthBenchmarks
{
    private const RuleSet Four = RuleSet.R1 | RuleSet.R2 | RuleSet.R5 | RuleSet.R6;

    private static readonly RuleParameters Weekly = new() { K1 = 4.1838, N2 = 16, K5 = 2.7855, K6 = 1.7034 };

    [Benchmark]
    public double All_eight_rules() => RunLength.Of(RuleSet.All).Mean;

    /// <summary>As it is the first time, before the states of the rules are known.</summary>
    [Benchmark]
    public object States_of_all_eight_rules()
        => RunStates.Of(RuleSet.All, RuleParameters.Default, ZoneOfPoint.Between(RuleSet.All, RuleParameters.Default));

    [Benchmark]
    public double All_eight_rules_with_other_numbers() => RunLength.Of(RuleSet.All, Weekly).Mean;

    [Benchmark]
    public object States_of_all_eight_rules_with_other_numbers()
        => RunStates.Of(RuleSet.All, Weekly, ZoneOfPoint.Between(RuleSet.All, Weekly));

    [Benchmark]
    public double Four_rules_with_other_numbers() => RunLength.Of(Four, Weekly).Mean;

    [Benchmark]
    public LLMscope.Spc.RunLengths.Calibration Calibration_of_four_rules() => LLMscope.Spc.RunLengths.Calibration.For(Four, points: 10_080);

    [Benchmark]
    public FalseAlarmBand Band_of_four_rules() => ExpectedFalseAlarms.OfQuantiles(10_080, Four, baseline: 1_000, Weekly);
}

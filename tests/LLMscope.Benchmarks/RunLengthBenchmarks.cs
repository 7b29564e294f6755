using BenchmarkDotNet.Attributes;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Benchmarks;

/// <summary>What an exact run length costs: it is asked for while someone ticks rules on and off.</summary>
public class RunLengthBenchmarks
{
    [Params(RuleSet.R1 | RuleSet.R2 | RuleSet.R5 | RuleSet.R6, RuleSet.All)]
    public RuleSet Rules { get; set; }

    [Benchmark]
    public double Average_run_length() => RunLength.Of(Rules).Mean;
}

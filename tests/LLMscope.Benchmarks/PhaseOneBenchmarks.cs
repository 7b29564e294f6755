using BenchmarkDotNet.Attributes;
using LLMscope.Benchmarks.Calibration;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Benchmarks;

/// <summary>What the analysis of one baseline costs: thousands of charts may freeze theirs in the same second.</summary>
[MemoryDiagnoser]
[MinColumn, MedianColumn]
public class PhaseOneBenchmarks
{
    private double[] _values = [];

    [Params(100, 2_000)]
    public int Count { get; set; }

    [Params(0, 0.6)]
    public double Autocorrelation { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var scores = AutoregressiveScores.Of([Autocorrelation], new NormalSource(3));
        _values = [.. Enumerable.Range(0, Count).Select(_ => Math.Exp(0.5 * scores()))];
    }

    [Benchmark]
    public PhaseOneResult Analysis() => PhaseOne.Analyse(_values);
}

/// <summary>What the numbers of a budget cost where no chart has asked for the same ones lately.</summary>
[MinColumn, MedianColumn]
public class DetectionDesignBenchmarks
{
    private int _count = 200;

    [Benchmark]
    public Detection Uncached_design()
    {
        // Another size of the baseline each time, one of those that are told apart.
        _count = _count > 100_000 ? 200 : _count + Math.Max(1, _count / 8);
        var model = ProcessModel.Classic(default, 0, 1, _count);
        return DetectionDesign.For(FalseAlarmBudget.Of(1 + (_count / 1e3), BudgetPeriod.Day), TimeSpan.FromMinutes(1), model, RuleSets.Every);
    }
}

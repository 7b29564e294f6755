using BenchmarkDotNet.Attributes;
using LLMscope.Spc;
using LLMscope.Spc.Rules;

namespace LLMscope.Benchmarks;

/// <summary>What judging one point by all eight rules costs, on in-control normal points.</summary>
[MemoryDiagnoser]
public class RuleBenchmarks
{
    private const int Points = 100_000;

    private readonly double[] _points = new double[Points];
    private NelsonRules _rules = new(ZoneLimits.Symmetric(centre: 0, sigma: 1));
    private WindowLoop _loop = new(default, []);

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1984);
        for (var i = 0; i < Points; i++)
            _points[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

        var limits = ZoneLimits.Symmetric(centre: 0, sigma: 1);
        _rules = new NelsonRules(limits);
        _loop = new WindowLoop(limits, _points);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Points)]
    public int Loop_over_windows()
    {
        var violated = 0;
        for (var i = 0; i < Points; i++)
            violated += (int)_loop.Judge(i);
        return violated;
    }

    [Benchmark(OperationsPerInvoke = Points)]
    public int One_pass()
    {
        var violated = 0;
        foreach (var point in _points)
            violated += (int)_rules.Judge(point).Rules;
        return violated;
    }
}

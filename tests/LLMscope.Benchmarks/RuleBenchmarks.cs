using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using LLMscope.Spc;
using LLMscope.Spc.Rules;

namespace LLMscope.Benchmarks;

/// <summary>What judging one point by all eight rules costs, on in-control normal points: on one stream, and on many charts in random order.</summary>
[MemoryDiagnoser]
public class RuleBenchmarks
{
    private const int Points = 100_000;
    private const int Charts = 100_000;

    private readonly double[] _points = new double[Points];
    private readonly int[] _order = new int[Charts];
    private readonly RunMemory[] _memories = new RunMemory[Charts];
    private readonly RuleJudge _judge = new(RuleLimits.From(ZoneLimits.Symmetric(centre: 0, sigma: 1), RuleParameters.Default));
    private NelsonRules _rules = new(ZoneLimits.Symmetric(centre: 0, sigma: 1));
    private WindowLoop _loop = new(default, []);

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1984);
        for (var i = 0; i < Points; i++)
            _points[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        for (var i = 0; i < Charts; i++)
            _order[i] = i;
        random.Shuffle(_order);

        var limits = ZoneLimits.Symmetric(centre: 0, sigma: 1);
        _rules = new NelsonRules(limits);
        _loop = new WindowLoop(limits, _points);
        Console.WriteLine($"// State of a chart: {Unsafe.SizeOf<RunMemory>()} bytes.");
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

    [Benchmark(OperationsPerInvoke = Charts)]
    public int One_point_for_each_of_100_000_charts_in_random_order()
    {
        var violated = 0;
        for (var i = 0; i < Charts; i++)
            violated += (int)_judge.Judge(ref _memories[_order[i]], _points[i]).Rules;
        return violated;
    }
}

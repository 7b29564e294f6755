using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using LLMscope.Benchmarks.Calibration;
using LLMscope.Spc;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;
using LLMscope.Spc.Scoring;

namespace LLMscope.Benchmarks;

/// <summary>What judging one point costs: residual, score, all eight rules and CUSUM by a frozen model. The machine is noisy: read the minimum.</summary>
[MemoryDiagnoser]
[MinColumn, MedianColumn]
public class JudgeBenchmarks
{
    private const int Points = 100_000;
    private const int Charts = 100_000;

    private readonly double[] _values = new double[Points];
    private readonly int[] _order = new int[Charts];
    private readonly ProcessMemory[] _memories = new ProcessMemory[Charts];
    private ProcessJudge _judge = null!;
    private ProcessMemory _memory;

    public enum Kind
    {
        PlainRules,
        Plain,
        Log,
        Autoregression,
        Average,
    }

    [ParamsAllValues]
    public Kind Model { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var normals = new NormalSource(1984);
        for (var i = 0; i < Points; i++)
            _values[i] = Math.Exp(0.5 * normals.Next());
        var residuals = new double[1_000];
        for (var i = 0; i < residuals.Length; i++)
            residuals[i] = Model is Kind.Plain or Kind.PlainRules ? Math.Exp(0.5 * normals.Next()) : 0.5 * normals.Next();

        Forecast forecast = Model switch
        {
            Kind.Autoregression => new Autoregression(0, [0.3, 0.1, 0.05], [0, 0, 0], 1.5),
            Kind.Average => new EwmaForecast(0.2, 0, 1.5),
            _ => NoForecast.Instance,
        };
        var model = new ProcessModel
        {
            Transform = Model is Kind.Plain or Kind.PlainRules ? Transform.None : Transform.Log,
            Adjustment = null,
            Forecast = forecast,
            Curve = NormalScores.Estimate(residuals),
            Levels = Model == Kind.Average ? new LevelRange(-3, 3) : null,
            Count = residuals.Length,
        };
        var every = DetectionDesign.For(FalseAlarmBudget.Normal, TimeSpan.FromMinutes(1), model, RuleSets.Every);
        _judge = new ProcessJudge(model, Model == Kind.PlainRules ? Detection.Classic : every);
        _memory = _judge.Start();
        Array.Fill(_memories, _judge.Start());
        for (var i = 0; i < Charts; i++)
            _order[i] = i;
        new Random(7).Shuffle(_order);
        Console.WriteLine($"// A chart remembers {Unsafe.SizeOf<ProcessMemory>()} bytes.");
    }

    [Benchmark(OperationsPerInvoke = Points)]
    public int One_chart()
    {
        var signals = 0;
        foreach (var value in _values)
            signals += (int)_judge.Judge(ref _memory, value, PointContext.None).Signals.Rules;
        return signals;
    }

    [Benchmark(OperationsPerInvoke = Charts)]
    public int A_hundred_thousand_charts_in_random_order()
    {
        var signals = 0;
        for (var i = 0; i < Charts; i++)
            signals += (int)_judge.Judge(ref _memories[_order[i]], _values[i], PointContext.None).Signals.Rules;
        return signals;
    }
}

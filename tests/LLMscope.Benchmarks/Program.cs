using BenchmarkDotNet.Running;
using LLMscope.Benchmarks;
using LLMscope.Benchmarks.Calibration;
using LLMscope.Benchmarks.Load;

// Load tests run the whole service and print their own report; everything else is a BenchmarkDotNet class.
using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
switch (args.FirstOrDefault())
{
    case "ingest":
        await IngestLoad.RunAsync(args.ElementAtOrDefault(1), limit.Token);
        break;
    case "overload":
        await OverloadLoad.RunAsync(args.ElementAtOrDefault(1), limit.Token);
        break;
    case "live":
        await LiveLoad.RunAsync(limit.Token);
        break;
    case "calibration":
        CalibrationCommand.Run(args[1..]);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(RuleBenchmarks).Assembly).Run(args);
        break;
}

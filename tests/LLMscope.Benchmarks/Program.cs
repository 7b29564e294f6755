using BenchmarkDotNet.Running;
using LLMscope.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(RuleBenchmarks).Assembly).Run(args);

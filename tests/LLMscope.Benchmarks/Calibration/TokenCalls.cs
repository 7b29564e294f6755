using LLMscope.Spc.Baselines;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;

namespace LLMscope.Benchmarks.Calibration;

/// <summary>
/// Durations of calls whose answers differ in length: recorded time to first token plus recorded time per token for each of a lognormal number of
/// tokens. Decoding becomes slower; who sees it, with and without the number of tokens?
/// </summary>
internal static class TokenCalls
{
    public static double[] Slowdowns { get; } = [1.05, 1.10, 1.25];

    public static string[] Watchers { get; } = ["LLMscope, tokens known", "LLMscope, tokens not known", "R1, R2, R5, R6, tokens not known", "mean and 3 sd"];

    private const int Baseline = 1_000;
    private const int LatestAlarm = 3_000;

    /// <summary>The delay of each watcher at each slowdown, and its false alarms per 10,000 points, one row for each model.</summary>
    public static IReadOnlyList<(double[] FalseAlarms, double[][] Delays)> Run(IReadOnlyList<RecordedSeries> recorded, int baselines, int points)
        => [.. recorded.GroupBy(series => series.Endpoint).Select(model => Of(
            Marginal.Smoothed(model.First(series => series.Metric == "ttft").Values),
            Marginal.Smoothed(model.First(series => series.Metric == "inter_token").Values),
            baselines,
            points))];

    private static (double[] FalseAlarms, double[][] Delays) Of(Marginal firstToken, Marginal perToken, int baselines, int points)
    {
        var falseAlarms = new double[Watchers.Length];
        var delays = Array.ConvertAll(Watchers, _ => new double[Slowdowns.Length]);
        for (var replicate = 0; replicate < baselines; replicate++)
        {
            var normals = new NormalSource(7_000 + replicate);
            var calls = Enumerable.Range(0, Baseline).Select(_ => Call(slower: 1)).ToArray();
            var (values, contexts) = (Array.ConvertAll(calls, call => call.Duration), Array.ConvertAll(calls, call => call.Context));
            var (known, unknown) = (PhaseOne.Analyse(values, contexts), PhaseOne.Analyse(values));

            var inControl = Begin();
            for (var point = 0; point < points; point++)
            {
                var (duration, context) = Call(slower: 1);
                for (var i = 0; i < inControl.Length; i++)
                    falseAlarms[i] += inControl[i].Alarms(duration, context) ? 10_000.0 / points / baselines : 0;
            }

            for (var change = 0; change < Slowdowns.Length; change++)
            {
                var watches = Begin();
                for (var i = 0; i < watches.Length; i++)
                {
                    var point = 1;
                    for (; point < LatestAlarm; point++)
                    {
                        var (duration, context) = Call(Slowdowns[change]);
                        if (watches[i].Alarms(duration, context))
                            break;
                    }

                    delays[i][change] += (double)point / baselines;
                }
            }

            (double Duration, PointContext Context) Call(double slower)
            {
                var (input, output) = (Math.Round(Math.Exp(6.2 + normals.Next())), Math.Clamp(Math.Round(Math.Exp(5.3 + (0.8 * normals.Next()))), 5, 4_000));
                var duration = firstToken.At(normals.Next()) + (output * perToken.At(normals.Next()) * slower);
                return (duration, PointContext.None with { InputTokens = input, OutputTokens = output });
            }

            Watch[] Begin() =>
            [
                Watch.Engine(known, 1_440, RuleSets.Every),
                Watch.Engine(unknown, 1_440, RuleSets.Every),
                Watch.Engine(unknown, 1_440, RuleSet.R1 | RuleSet.R2 | RuleSet.R5 | RuleSet.R6),
                Watch.MeanAndThreeSigma(values),
            ];
        }

        return (falseAlarms, delays);
    }
}

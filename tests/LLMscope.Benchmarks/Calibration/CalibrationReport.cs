using System.Globalization;
using System.Text;

namespace LLMscope.Benchmarks.Calibration;

/// <summary>The findings as tables for people.</summary>
internal sealed class CalibrationReport(CalibrationRun run, IReadOnlyList<CalibrationFinding> findings)
{
    private readonly StringBuilder _text = new();

    public string Write(string headline, IReadOnlyList<(double[] FalseAlarms, double[][] Delays)> tokenCalls)
    {
        Line($"""
            # How well the alarms keep what they announce

            {headline} Written by `dotnet run -c Release --project tests/LLMscope.Benchmarks -- calibration`; seeds are fixed.

            - *resampled*: the {findings.Count(finding => finding.Course.Kind == "resampled" && finding.Size == run.Sizes[0]) / CalibrationRun.Watchers.Length} recorded latencies of the demonstration (time to first token, time per token and duration of
              hosted models), drawn anew with a little smoothing, independent.
            - *surrogate*: the same distributions with the first ten autocorrelations of the real order.
            - *constructed*: independent points of hard distributions: normal, lognormal, t with 3 degrees, Pareto, rounded.
            - *dependent*: lognormal points that depend on each other: autoregressions up to 0.95, wandering levels under noise, three scales of time.

            {run.Baselines} baselines of each process and size, {run.Points:N0} points in control after each. An alarm starts the rules afresh. Baselines of 100 values are provisional by design.

            ## False alarms: measured over announced

            Median over processes, and the least and the greatest in brackets. 1 is exact, above 1 are more alarms than announced.

            | process | baseline | one in 1,440 | one in 10,080 | R1, R2, R5, R6 at one in 1,440 |
            |---|---|---|---|---|
            """);
        foreach (var group in Groups())
            Line($"| {group.Key.Kind} | {group.Key.Size:N0} | {Spread(group, 0, finding => finding.Ratio, "0.00")} | {Spread(group, 1, finding => finding.Ratio, "0.00")} | {Spread(group, 2, finding => finding.Ratio, "0.00")} |");

        Line($"""

            ## False alarms per 10,000 points in control

            LLMscope at one in 1,440 has a budget of 6.9, at one in 10,080 of 1.0.

            | process | baseline | {string.Join(" | ", CalibrationRun.Watchers)} |
            |---|---|{string.Concat(CalibrationRun.Watchers.Select(_ => "---|"))}
            """);
        foreach (var group in Groups())
            Line($"| {group.Key.Kind} | {group.Key.Size:N0} | {string.Join(" | ", CalibrationRun.Watchers.Select((_, i) => Spread(group, i, finding => finding.PerTenThousand, "0.0")))} |");

        Line($"""

            ## Delay until the alarm, in points

            Mean over baselines, median over processes; after 3,000 points the wait ends. A change of scores by so many standard deviations means the same on every
            distribution. Read it with the false alarms above: whoever alarms all the time is never late.
            """);
        foreach (var size in run.Sizes)
            Delays(size);
        TokenCallsTable(tokenCalls);
        return _text.ToString();
    }

    private void Delays(int size)
    {
        Line($"""

            Baselines of {size:N0}:

            | process | change | {string.Join(" | ", CalibrationRun.Watchers)} |
            |---|---|{string.Concat(CalibrationRun.Watchers.Select(_ => "---|"))}
            """);
        foreach (var group in Groups().Where(group => group.Key.Size == size))
        {
            foreach (var change in Change.All)
                Line($"| {group.Key.Kind} | {change.Name} | {string.Join(" | ", CalibrationRun.Watchers.Select((_, i) => Median(Of(group, i).Select(finding => finding.Delay(change))).ToString("0.0", CultureInfo.InvariantCulture)))} |");
        }
    }

    private void TokenCallsTable(IReadOnlyList<(double[] FalseAlarms, double[][] Delays)> models)
    {
        Line($"""

            ## Slower decoding, where answers differ in length

            Durations of calls: recorded time to first token plus recorded time per token for each of a lognormal number of tokens; baselines of 1,000, one alarm in 1,440.
            Median over {models.Count} models.

            | watcher | false alarms per 10,000 | {string.Join(" | ", TokenCalls.Slowdowns.Select(slower => $"delay at + {100 * (slower - 1):0} %"))} |
            |---|---|{string.Concat(TokenCalls.Slowdowns.Select(_ => "---|"))}
            """);
        for (var i = 0; i < TokenCalls.Watchers.Length; i++)
        {
            var watcher = i;
            var delays = TokenCalls.Slowdowns.Select((_, change) => Median(models.Select(model => model.Delays[watcher][change])).ToString("0.0", CultureInfo.InvariantCulture));
            Line($"| {TokenCalls.Watchers[i]} | {Median(models.Select(model => model.FalseAlarms[watcher])):0.0} | {string.Join(" | ", delays)} |");
        }
    }

    private IEnumerable<IGrouping<(string Kind, int Size), CalibrationFinding>> Groups() => findings.GroupBy(finding => (finding.Course.Kind, finding.Size));

    private static IEnumerable<CalibrationFinding> Of(IEnumerable<CalibrationFinding> group, int watcher)
        => group.Where(finding => finding.Watcher == CalibrationRun.Watchers[watcher]);

    private static string Spread(IEnumerable<CalibrationFinding> group, int watcher, Func<CalibrationFinding, double> of, string format)
    {
        var values = Of(group, watcher).Select(of).ToArray();
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return $"{Text(Median(values))} ({Text(values.Min())} to {Text(values.Max())})";
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private void Line(FormattableString text) => _text.AppendLine(text.ToString(CultureInfo.InvariantCulture));
}

using System.Globalization;
using System.Reflection;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.Demo;

/// <summary>The recorded calls of one model, in the order in which they were made, again from the start at the end.</summary>
internal sealed class RecordedCalls(Source source, IReadOnlyList<RecordedCall> calls)
{
    public Source Source { get; } = source;

    /// <param name="number">Counts from 0 for as long as the demonstration runs.</param>
    /// <param name="slowdown">What the time per output token is multiplied with.</param>
    public Call At(long number, DateTime time, double slowdown)
    {
        var recorded = calls[(int)(number % calls.Count)];
        var decoding = Math.Max(0, recorded.Duration - recorded.TimeToFirstToken) * slowdown;
        return new Call(
            Source, time, recorded.TimeToFirstToken + decoding, recorded.TimeToFirstToken, recorded.InputTokens, recorded.OutputTokens, Streaming: true);
    }

    public static IReadOnlyList<RecordedCalls> Load()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("llm-latencies.csv")
            ?? throw new InvalidOperationException("The recorded calls are not in this assembly.");
        using var text = new StreamReader(file);
        text.ReadLine();

        var rows = new List<(string Provider, string Model, RecordedCall Call)>();
        while (text.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            rows.Add((fields[0], fields[1], new RecordedCall(Number(fields[4]), Number(fields[6]), (int)Number(fields[7]), (int)Number(fields[8]))));
        }

        return [.. rows.GroupBy(row => (row.Provider, row.Model)).Select(model => new RecordedCalls(
            new Source(Provider: model.Key.Provider, Model: model.Key.Model, Operation: "chat", Demo: true),
            [.. model.Select(row => row.Call)]))];
    }

    private static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}

/// <param name="TimeToFirstToken">In seconds.</param>
/// <param name="Duration">In seconds.</param>
internal sealed record RecordedCall(double TimeToFirstToken, double Duration, int InputTokens, int OutputTokens);

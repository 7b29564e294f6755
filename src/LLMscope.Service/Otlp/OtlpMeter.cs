using System.Diagnostics.Metrics;
using LLMscope.Service.GenAi;
using LLMscope.Service.Observability;

namespace LLMscope.Service.Otlp;

/// <summary>Counts what comes in by OTLP and what becomes of it.</summary>
internal sealed class OtlpMeter
{
    /// <summary>Why a span or a data point may be rejected.</summary>
    public static readonly OtlpRejection[] ReasonsOfItems = [OtlpRejection.Wrong, OtlpRejection.NoRoom, OtlpRejection.TooMany];

    private readonly Counter<long> _requests;
    private readonly Counter<long> _items;
    private readonly Counter<long> _taken;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _rejected;

    public OtlpMeter(IMeterFactory meters, MetricMapper mapper)
    {
        var meter = meters.Create(ChosenInstruments.Own);
        _requests = meter.CreateCounter<long>("llmscope.otlp.requests", "{request}", "Requests of OTLP by signal, encoding and answer.");
        _items = meter.CreateCounter<long>("llmscope.otlp.items", "{item}", "Spans, data points and log records that came in by OTLP.");
        _taken = meter.CreateCounter<long>("llmscope.otlp.taken", "{item}", "Calls and intervals that came in by OTLP and are on disk.");
        _duplicates = meter.CreateCounter<long>("llmscope.otlp.duplicates", "{item}", "Calls and intervals that came in by OTLP and had been stored before.");
        _rejected = meter.CreateCounter<long>("llmscope.otlp.rejected", "{item}", "Items of OTLP that could not be taken, by reason.");
        meter.CreateObservableCounter(
            "llmscope.otlp.streams_forgotten", () => mapper.StreamsForgotten, "{stream}", "Cumulative streams of metrics that were forgotten for want of room.");
        foreach (var signal in Enum.GetValues<OtlpSignal>())
        {
            foreach (var encoding in Enum.GetValues<OtlpEncoding>())
                _requests.Add(0, Tag("signal", signal), Tag("encoding", encoding), new("answer", "taken"));

            Came(signal, 0);
            Stored(signal, 0, 0);
        }

        foreach (var reason in ReasonsOfItems)
        {
            Rejected(OtlpSignal.Traces, reason, 0);
            Rejected(OtlpSignal.Metrics, reason, 0);
        }

        Rejected(OtlpSignal.Logs, OtlpRejection.NotTaken, 0);
    }

    public void Answered(OtlpSignal signal, OtlpEncoding encoding, OtlpAnswer answer) => _requests.Add(
        1, Tag("signal", signal), Tag("encoding", encoding), answer.Refusal is { } refusal ? Tag("answer", refusal) : new("answer", "taken"));

    public void Came(OtlpSignal signal, int items) => _items.Add(items, Tag("signal", signal));

    public void Stored(OtlpSignal signal, int items, int duplicates)
    {
        _taken.Add(items, Tag("signal", signal));
        _duplicates.Add(duplicates, Tag("signal", signal));
    }

    public void Rejected(OtlpSignal signal, OtlpRejection reason, int items) => _rejected.Add(items, Tag("signal", signal), Tag("reason", reason));

    // As metrics are labelled: not_ready.
    private static KeyValuePair<string, object?> Tag<T>(string key, T value)
        where T : struct, Enum => new(key, Names<T>.Of[value]);

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Of = Enum.GetValues<T>().ToDictionary(
            value => value, value => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
    }
}

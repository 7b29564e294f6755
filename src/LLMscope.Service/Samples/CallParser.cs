using System.Text.Json;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;

namespace LLMscope.Service.Samples;

/// <summary>Reads one call after another from JSON and hands those that are right to a batch. Every fault is named with its field.</summary>
/// <param name="isLine">Whether each object is all that its reader has.</param>
internal sealed class CallParser(BatchBuilder batch, ItemErrors errors, IntakeOptions options, DateTime now, DateTime oldest, bool isLine)
{
    public void Read(ref Utf8JsonReader reader, int index)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        if (isLine)
            reader.Read(); // Which throws where something follows, before anything of the line is taken.
        var before = errors.Count;
        var fields = new CallFields(document.RootElement, (field, message) => errors.Add(index, field, message));
        if (!fields.IsObject)
            return;

        var call = ReadCall(fields);
        if (errors.Count == before)
            CheckWhole(call, index);
        if (errors.Count == before)
            batch.Add(index, call, fields.Text("id", Source.LongestPart) is { Length: > 0 } id ? ItemKeys.Of("call", id) : Guid.Empty);
    }

    private Call ReadCall(CallFields fields)
    {
        var source = new Source(
            Site: fields.Text("site", Source.LongestPart) ?? "",
            Provider: fields.Text("provider", Source.LongestPart) ?? "",
            Model: fields.Text("model", Source.LongestPart) ?? "",
            ServedModel: fields.Text("servedModel", Source.LongestPart) ?? "",
            Operation: fields.Text("operation", Source.LongestPart) ?? "",
            Application: fields.Text("application", Source.LongestPart) ?? "");
        return new Call(
            source,
            fields.Time("time", now, oldest, options.ClockTolerance) ?? now,
            fields.Milliseconds("durationMs"),
            fields.Milliseconds("ttftMs"),
            fields.Whole("inputTokens", 0, int.MaxValue),
            fields.Whole("outputTokens", 0, int.MaxValue),
            fields.Whole("cachedTokens", 0, int.MaxValue),
            fields.OneOf<CallStatus>("status") ?? CallStatus.Ok,
            fields.OneOf<ErrorCategory>("errorCategory"),
            fields.Whole("httpStatus", 100, 599),
            fields.Whole("attempt", 1, 1_000) ?? 1,
            fields.Flag("cacheHit") ?? false,
            fields.Flag("coldStart") ?? false,
            fields.Flag("streaming"),
            fields.Text("traceId", 64),
            fields.Text("promptHmac", 128),
            fields.Text("promptVersion", Source.LongestPart),
            fields.Number("costUsd"),
            fields.Text("finishReason", Source.LongestPart));
    }

    private void CheckWhole(Call call, int index)
    {
        if (call is { Status: CallStatus.Ok, Duration: null })
            errors.Add(index, "durationMs", "is missing; only a call with the status 'error' may leave it out");
        if (call is { Status: CallStatus.Ok, ErrorCategory: not null })
            errors.Add(index, "errorCategory", "belongs to calls with the status 'error'");
        if (call.TimeToFirstToken > call.Duration)
            errors.Add(index, "ttftMs", "must not be larger than durationMs");
    }
}

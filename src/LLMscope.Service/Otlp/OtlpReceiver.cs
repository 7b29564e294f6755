using System.Text.Json;
using LLMscope.Monitoring;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;
using LLMscope.Service.GenAi;
using LLMscope.Service.Samples;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Otlp;

/// <summary>
/// One request of OTLP from its bytes to its answer, whichever way it came: read, mapped, put into the inbox as a whole,
/// acknowledged when it is on disk.
/// </summary>
internal sealed class OtlpReceiver(
    SampleInbox inbox,
    SeriesCatalog catalog,
    MonitoringHealth health,
    MetricMapper metrics,
    OtlpMeter meter,
    IOptions<OtlpOptions> options,
    IOptions<IntakeOptions> intake,
    IOptions<RetentionOptions> retention,
    TimeProvider clock)
{
    private const double NearlyFull = 0.9;

    /// <summary>Why nothing can be taken now, before anything was read; null where something can.</summary>
    public OtlpAnswer? WhyClosed() =>
        !health.IsReady ? OtlpAnswer.NotReady("LLMscope is starting.")
        : inbox.Waiting > inbox.Capacity * NearlyFull ? OtlpAnswer.Full()
        : null;

    public async Task<OtlpAnswer> TakeAsync(OtlpSignal signal, bool isJson, ReadOnlyMemory<byte> request)
    {
        try
        {
            return signal switch
            {
                OtlpSignal.Traces => await TakeSpansAsync(isJson, request),
                OtlpSignal.Metrics => await TakeMetricsAsync(isJson, request),
                _ => CountLogs(isJson, request.Span),
            };
        }
        catch (MalformedOtlpException fault)
        {
            return OtlpAnswer.Malformed(fault.Message);
        }
        catch (JsonException fault)
        {
            var place = $"line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}";
            return OtlpAnswer.Malformed($"The body is not valid JSON: {fault.Message.Split(" LineNumber:")[0]} ({place}).");
        }
        catch (InvalidOperationException fault) when (fault.Source == "System.Text.Json.Rethrowable")
        {
            return OtlpAnswer.Malformed("The body has a name that is not valid Unicode.");
        }
    }

    private async Task<OtlpAnswer> TakeSpansAsync(bool isJson, ReadOnlyMemory<byte> request)
    {
        var (batch, errors, rejections, rules) = Begin();
        var spans = new SpanIntake(batch, rejections, rules, Math.Min(intake.Value.MostItems, inbox.Capacity / SpanIntake.SamplesOfCall));
        if (isJson)
            JsonSpans.Read(request.Span, spans.Read);
        else
            ProtobufSpans.Read(request.Span, spans.Read);

        meter.Came(OtlpSignal.Traces, spans.Spans);
        spans.Take();
        return await StoreAsync(OtlpSignal.Traces, batch, errors, rejections, spans.Spans, "spans");
    }

    private async Task<OtlpAnswer> TakeMetricsAsync(bool isJson, ReadOnlyMemory<byte> request)
    {
        var (batch, errors, rejections, rules) = Begin();
        var reading = new MetricReading();
        if (isJson)
            JsonMetrics.Read(request.Span, reading);
        else
            ProtobufMetrics.Read(request.Span, reading);

        meter.Came(OtlpSignal.Metrics, reading.Points);
        new MetricIntake(metrics, batch, rejections, rules, Math.Min(intake.Value.MostItems, inbox.Capacity)).Take(reading);
        return await StoreAsync(OtlpSignal.Metrics, batch, errors, rejections, reading.Points, "data points");
    }

    private OtlpAnswer CountLogs(bool isJson, ReadOnlySpan<byte> request)
    {
        var records = 0;
        if (isJson)
            JsonLogs.Read(request, () => records++);
        else
            ProtobufLogs.Read(request, () => records++);

        meter.Came(OtlpSignal.Logs, records);
        meter.Rejected(OtlpSignal.Logs, OtlpRejection.NotTaken, records);
        return records == 0 ? OtlpAnswer.Taken : new OtlpAnswer(null, "LLMscope takes traces and metrics; logs are not kept.", records);
    }

    private (BatchBuilder Batch, ItemErrors Errors, OtlpRejections Rejections, MappedRules Rules) Begin()
    {
        var errors = new ItemErrors();
        var now = EventTime.WholeMicroseconds(clock.GetUtcNow());
        var rules = new MappedRules(now, now.Date.AddDays(1 - retention.Value.SampleDays), intake.Value.ClockTolerance);
        return (new BatchBuilder(catalog, errors, now - intake.Value.HistoryAfter), errors, new OtlpRejections(), rules);
    }

    private async Task<OtlpAnswer> StoreAsync(OtlpSignal signal, BatchBuilder batch, ItemErrors errors, OtlpRejections rejections, int came, string items)
    {
        batch.MakeSeries(onlyAll: false);
        if (errors.Count > 0)
            rejections.Add(OtlpRejection.NoRoom, errors.Named[0].Message, errors.Items);

        var built = batch.Build();
        if (built.Count > 0)
        {
            if (!inbox.TryAccept(built))
                return OtlpAnswer.Full();
            if (await ReceiptOfAsync(built) is not { } receipt)
                return OtlpAnswer.NotReady("What was sent is not on disk yet.");

            meter.Stored(signal, receipt.Accepted, receipt.Duplicates);
        }

        foreach (var reason in OtlpMeter.ReasonsOfItems)
            meter.Rejected(signal, reason, rejections[reason]);

        // A data point may yield several intervals that are wrong, and no more can be rejected than came.
        return rejections.Count == 0 ? OtlpAnswer.Taken : new OtlpAnswer(null, rejections.InWords(items), Math.Min(rejections.Count, came));
    }

    // Null where LLMscope stops or the database does not answer in time. What is written later all the same is a duplicate when it is sent again.
    private async Task<BatchReceipt?> ReceiptOfAsync(SampleBatch batch)
    {
        try
        {
            return await batch.Receipt.WaitAsync(options.Value.LongestWait, clock);
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            return null;
        }
    }
}

using LLMscope.Monitoring;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Samples;

/// <summary>One request from its body to its answer: read, checked, put into the inbox as a whole, acknowledged when it is on disk.</summary>
internal sealed class Intake(
    SampleInbox inbox,
    SeriesCatalog catalog,
    MonitoringHealth health,
    IOptions<IntakeOptions> options,
    IOptions<RetentionOptions> retention,
    TimeProvider clock)
{
    public Task<IResult> TakeSamplesAsync(HttpContext context, bool partial) => TakeAsync(
        context, partial, "samples", (batch, errors, now, oldest) => new SampleParser(batch, errors, options.Value, now, oldest, RequestItems.IsInLines(context.Request)).Read);

    public Task<IResult> TakeCallsAsync(HttpContext context, bool partial) => TakeAsync(
        context, partial, "calls", (batch, errors, now, oldest) => new CallParser(batch, errors, options.Value, now, oldest, RequestItems.IsInLines(context.Request)).Read);

    private async Task<IResult> TakeAsync(
        HttpContext context, bool partial, string collection, Func<BatchBuilder, ItemErrors, DateTime, DateTime, ReadItem> parser)
    {
        if (!RequestItems.IsUnderstood(context.Request))
            return IntakeAnswers.UnknownMediaType(context.Request.ContentType);
        if (!health.IsReady)
            return IntakeAnswers.NotReady(context.Response, "LLMscope is starting.");
        if (inbox.IsFull)
            return IntakeAnswers.Full(context.Response); // Before its body is read, so that refusing costs less than sending.

        Limit(context);
        var errors = new ItemErrors();
        var now = EventTime.WholeMicroseconds(clock.GetUtcNow());
        var batch = new BatchBuilder(catalog, errors, now - options.Value.HistoryAfter);
        var flow = new ItemFlow(inbox, batch, errors, options.Value.MostItems, partial, context.RequestAborted);
        try
        {
            var readItem = parser(batch, errors, now, now.Date.AddDays(1 - retention.Value.SampleDays));
            var fault = await RequestItems.ReadAsync(context.Request, collection, options.Value, errors, readItem, flow.ReadAsync, context.RequestAborted);
            if (flow.IsFlowing)
                await flow.FinishAsync();
            if (fault == BodyFault.OfItems)
                return IntakeAnswers.Wrong(errors, collection);
            if (fault is not null)
                return flow.IsFlowing ? IntakeAnswers.BrokenOff(flow.Receipt, fault) : fault.IsTooLarge ? IntakeAnswers.TooLarge(fault.Message) : IntakeAnswers.Wrong(fault.Message);
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            var tooLong = BodyFault.TooLong(RequestItems.IsInLines(context.Request) ? options.Value.LargestBulk : options.Value.LargestBody);
            return flow.IsFlowing ? IntakeAnswers.BrokenOff(flow.Receipt, tooLong) : IntakeAnswers.TooLarge(tooLong.Message);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return IntakeAnswers.NotReady(context.Response, "LLMscope is stopping.");
        }

        return flow.IsFlowing ? IntakeAnswers.Accepted(flow.Receipt, errors) : await TakeWholeAsync(context, batch, errors, partial, collection);
    }

    private async Task<IResult> TakeWholeAsync(HttpContext context, BatchBuilder batch, ItemErrors errors, bool partial, string collection)
    {
        if (errors.Count == 0 || partial)
            batch.MakeSeries(onlyAll: !partial);
        if (errors.Count > 0 && !partial)
            return IntakeAnswers.Wrong(errors, collection);

        var built = batch.Build();
        if (built.Count == 0)
            return IntakeAnswers.Wrong(errors, collection);
        if (built.Count > inbox.Capacity)
            return IntakeAnswers.TooLarge($"The items yield {built.Count} samples and the inbox holds {inbox.Capacity} at most; send them in several requests.");
        if (!inbox.TryAccept(built))
            return IntakeAnswers.Full(context.Response);

        try
        {
            return IntakeAnswers.Accepted(await built.Receipt, errors);
        }
        catch (OperationCanceledException)
        {
            return IntakeAnswers.NotReady(context.Response, "LLMscope is stopping.");
        }
    }

    private void Limit(HttpContext context)
    {
        var limit = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (limit is { IsReadOnly: false })
            limit.MaxRequestBodySize = RequestItems.IsInLines(context.Request) ? options.Value.LargestBulk : options.Value.LargestBody;
    }
}

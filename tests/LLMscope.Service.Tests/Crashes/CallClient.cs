using System.Globalization;
using System.Net;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;
using LLMscope.Service.Otlp;
using LLMscope.Service.Tests.Otlp;

namespace LLMscope.Tests.Crashes;

/// <summary>Sends calls as spans over OTLP/HTTP, protobuf and JSON in turn, so that what is sent again may come in the other encoding.</summary>
internal sealed class CallClient(HttpClient service, string model, DateTimeOffset begin) : LoadClient(service, model, begin)
{
    // Every so many calls one has failed: its duration is stored and not judged.
    private const int FailsEvery = 37;

    private int _requests;

    /// <summary>What is to be stored of a call that was acknowledged.</summary>
    public Call CallOf(int number) => new(
        new Source(Model: Model), TimeOf(number), Acknowledged[number], OutputTokens: TokensOf(number), Status: Fails(number) ? CallStatus.Error : CallStatus.Ok, TraceId: TraceOf(number));

    /// <summary>The key by which a call is known when it comes again.</summary>
    public Guid KeyOf(int number) => ItemKeys.Of("otlp", $"{TraceOf(number)}/{SpanOf(number)}");

    protected override (string Path, string Type, byte[] Body) Request(int first, double[] durations)
    {
        OtlpSpan[] spans = [.. durations.Select((duration, i) => SpanOf(first + i, duration))];
        return _requests++ % 2 == 0
            ? ("/v1/traces", OtlpSender.Protobuf, WrittenProtobuf.Spans(Calls.Shop, spans))
            : ("/v1/traces", OtlpSender.Json, WrittenJson.Spans(Calls.Shop, spans));
    }

    // Without a word on spans that were not taken: every one was.
    protected override bool IsAcknowledged(HttpResponseMessage answer, byte[] body) => answer.StatusCode == HttpStatusCode.OK && (body.Length == 0 || body.AsSpan().SequenceEqual("{}"u8));

    private OtlpSpan SpanOf(int number, double duration)
    {
        var end = (ulong)(TimeOf(number) - DateTime.UnixEpoch).Ticks * 100;
        return Calls.Span(Model, SpanOf(number)) with
        {
            TraceId = TraceOf(number),
            StartNanos = end - ((ulong)Math.Round(duration * 1e6) * 1_000),
            EndNanos = end,
            StatusCode = Fails(number) ? 2 : 0,
            Attributes = new([
                KeyValuePair.Create("gen_ai.operation.name", OtlpValue.Of("chat")),
                KeyValuePair.Create("gen_ai.request.model", OtlpValue.Of(Model)),
                KeyValuePair.Create("gen_ai.usage.output_tokens", OtlpValue.Of((long)TokensOf(number)))]),
        };
    }

    private string TraceOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{Model.Sum(letter => letter):x16}{number:x16}");

    private static string SpanOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{number + 1:x16}");

    private static int TokensOf(int number) => 1 + (number % 500);

    private static bool Fails(int number) => number % FailsEvery == FailsEvery - 1;
}

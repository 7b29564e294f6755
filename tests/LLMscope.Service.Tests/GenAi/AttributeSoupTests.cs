using FsCheck;
using FsCheck.Fluent;
using LLMscope.Monitoring.Samples;
using LLMscope.Service.GenAi;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.Tests.GenAi;

/// <summary>Whatever comes, mapping it does no harm, and what it yields can be stored.</summary>
public class AttributeSoupTests
{
    private static readonly string[] Texts =
    [
        "", " ", "chat", "embeddings", "LLM", "CHAIN", "openai.chat", "ai.streamText.doStream", "anthropic", "gpt-4o", "unknown", "429", "error", "content_filter", "-1", "NaN",
        "1e400", "0.25",
        "{\"model\":\"m\",\"stream\":\"yes\",\"input\":-4,\"total\":1e999}", "{", "[]", "[\"stop\"]", "[\"", "[\"\\ud800\"]", "{\"model\":",
        "{\"model\":\"\\ud800\"}", "\ud800", "a\0b\u0007",
        "2026-11-21T08:00:00Z", "\"0001-01-01T00:00:00Z\"", new string('x', 5_000),
        "api.openai.com", "http://", "RateLimitError", "input", "output",
    ];

    private static readonly Gen<OtlpValue> Value = Gen.OneOf(
        Gen.Elements(Texts).Select(OtlpValue.Of),
        Gen.Elements(0L, 1, -1, 429, 503, 21, long.MaxValue, long.MinValue).Select(OtlpValue.Of),
        Gen.Elements(0.0, -1, 0.25, 1e300, double.NaN, double.PositiveInfinity, double.Epsilon).Select(OtlpValue.Of),
        Gen.Elements(true, false).Select(OtlpValue.Of),
        Gen.Elements(Texts).ArrayOf().Select(texts => OtlpValue.Of((IReadOnlyList<OtlpValue>)[.. texts.Select(OtlpValue.Of)])),
        Gen.Constant(default(OtlpValue)));

    private static readonly string[] Names =
        [.. SpanFields.All.SelectMany(field => field.Places).Select(place => place.Attribute), "ai.usage.inputTokenDetails.cacheReadTokens", "exception.message"];

    private static readonly KeyValuePair<string, OtlpValue>[] CallOfModel =
        [new("gen_ai.operation.name", OtlpValue.Of("chat")), new("gen_ai.request.model", OtlpValue.Of("m"))];

    // Half of them clearly of a call, so that what is made of calls is tried too.
    private static readonly Gen<OtlpAttributes> Attributes = Gen.OneOf(
        AnyOf(Names),
        AnyOf([.. Names.Except(SpanFields.Operation.Names)]).Select(soup => new OtlpAttributes([.. CallOfModel, .. soup.Pairs])));

    private static readonly Gen<ulong> Nanos =
        Gen.Elements<ulong>(0, 1, Spans.Start, Spans.Start + 1, Spans.Start + Spans.Second, Spans.Start + (90_000 * Spans.Second), ulong.MaxValue);

    private static readonly Gen<OtlpSpan> Span =
        from attributes in Attributes
        from events in Gen.Elements("exception", "ai.stream.firstChunk", "First Token Stream Event", "x").Zip(Attributes, (name, with) => (name, with)).Zip(Nanos).ListOf()
        from id in Gen.Elements("", "a", "b", "c")
        from parent in Gen.Elements("", "a", "b", "c")
        from start in Nanos
        from end in Nanos
        from kind in Gen.Choose(-1, 7)
        from status in Gen.Choose(-1, 3)
        from text in Gen.Elements(Texts)
        select new OtlpSpan(
            text, id, parent, text, kind, start, end, attributes, [.. events.Select(one => new OtlpEvent(one.Item2, one.Item1.name, one.Item1.with))], status, text);

    private static readonly Gen<OtlpDataPoint> Point =
        from attributes in Attributes
        from start in Nanos
        from time in Nanos
        from count in Nanos
        from sum in Gen.Elements<double?>(null, 0, 1, -1, double.NaN, double.MaxValue)
        from buckets in Nanos.ListOf()
        from bounds in Gen.Elements(0.0, 1, 2, -3, double.NaN, double.PositiveInfinity).ListOf()
        from scale in Gen.Elements(0, 1, 20, -10, int.MaxValue, int.MinValue)
        from offset in Gen.Elements(0, 5, -5, int.MaxValue, int.MinValue)
        from zero in Nanos
        select new OtlpDataPoint
        {
            Attributes = attributes,
            StartNanos = start,
            TimeNanos = time,
            Value = sum ?? double.NaN,
            Count = count,
            Sum = sum,
            BucketCounts = [.. buckets],
            Bounds = [.. bounds],
            Scale = scale,
            ZeroCount = zero,
            Positive = new OtlpBuckets(offset, [.. buckets]),
        };

    private static readonly Gen<OtlpMetric> Metric =
        from name in Gen.Elements(MetricMeaning.All.SelectMany(meaning => meaning.Names).Select(name => name.Replace("*", "gen_ai.x", StringComparison.Ordinal)).ToArray())
        from unit in Gen.Elements("s", "ms", "", "{token}", "USD", "1", "x")
        from kind in Gen.Elements(Enum.GetValues<OtlpMetricKind>())
        from temporality in Gen.Elements(Enum.GetValues<OtlpTemporality>())
        from points in Point.ListOf()
        select new OtlpMetric(name, unit, kind, temporality, IsMonotonic: true, [.. points]);

    [Fact]
    public void No_spans_throw_and_every_call_is_within_bounds() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3_000),
        Prop.ForAll(Span.ListOf().ToArbitrary(), spans => CallSelection.Of([.. spans.Select(span => (span, new OtlpOrigin(span.Attributes, "")))]).All(IsSound)));

    [Fact]
    public void No_metrics_throw_and_every_interval_is_within_bounds()
    {
        var mapper = new MetricMapper(TimeProvider.System);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3_000), Prop.ForAll(Metric.ToArbitrary(), metric =>
        {
            var intervals = new List<MappedInterval>();
            var faults = mapper.Map(metric, Spans.Shop, intervals);
            return faults.Count <= metric.Points.Count
                && intervals.TrueForAll(one => one is { Value: >= 0 and <= double.MaxValue, Count: >= 1, Time.Kind: DateTimeKind.Utc } && IsSound(one.Source));
        }));
    }

    private static Gen<OtlpAttributes> AnyOf(string[] names) =>
        Gen.Elements(names).Zip(Value).ListOf().Select(pairs => new OtlpAttributes([.. pairs.Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2))]));

    private static bool IsSound(MappedSpan mapped) => mapped is { Call: null } || (mapped.Key.Length <= 500 && mapped.Fault is null && IsSound(mapped.Call));

    private static bool IsSound(Call call) =>
        IsSound(call.Source)
        && call is { Time.Kind: DateTimeKind.Utc, Duration: >= 0 and <= 86_400, Attempt: 1 }
        && call.Time.Ticks % TimeSpan.TicksPerMicrosecond == 0
        && !(call.TimeToFirstToken < 0) && !(call.TimeToFirstToken > call.Duration)
        && !(call.InputTokens < 0) && !(call.OutputTokens < 0) && !(call.CachedTokens < 0)
        && call.HttpStatus is null or (>= 100 and <= 599)
        && (call.CostUsd is not { } cost || (cost >= 0 && double.IsFinite(cost)))
        && (call.Status == CallStatus.Error || call.ErrorCategory is null)
        && new[] { call.TraceId, call.PromptVersion, call.FinishReason }.All(text => text is null || IsStorable(text));

    private static bool IsSound(Source source) =>
        new[] { source.Site, source.Provider, source.Model, source.ServedModel, source.Operation, source.Application }.All(IsStorable)
        && source is { Host: "", Device: "", Demo: false };

    private static bool IsStorable(string text) => text.Length <= Source.LongestPart && !text.Any(char.IsControl) && !text.Any(char.IsSurrogate);
}

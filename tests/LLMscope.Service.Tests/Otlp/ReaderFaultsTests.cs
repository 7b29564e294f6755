using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.Tests.Otlp;

/// <summary>Whatever comes, a reader reads it or says why not.</summary>
public class ReaderFaultsTests
{
    private static readonly OtlpSignal[] Signals = Enum.GetValues<OtlpSignal>();

    private static readonly (byte[] Body, bool IsJson, OtlpSignal Signal)[] Valid = [.. Written()];

    [Fact]
    public void A_request_that_ends_anywhere_is_read_or_refused()
    {
        foreach (var (body, isJson, signal) in Valid)
        {
            for (var end = 0; end < body.Length; end++)
            {
                var outcome = Readers.Outcome(body[..end], isJson, signal);
                Assert.True(end == 0 || outcome == Readers.Refused, $"{signal} of {end} bytes, JSON {isJson}: {outcome}");
            }
        }
    }

    [Fact]
    public void Any_bytes_are_read_or_refused()
    {
        var bytes = Gen.OneOf(Gen.Choose(0, 255), Gen.Elements(0x0A, 0x12, 0x08, 0x80, 0xFF, 0x09)).Select(one => (byte)one).ArrayOf().ToArbitrary();

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(bytes, body => Array.ForEach(Signals, signal =>
        {
            Readers.Outcome(body, isJson: false, signal);
            Readers.Outcome(body, isJson: true, signal);
        })));
    }

    [Fact]
    public void Requests_with_changed_bytes_are_read_or_refused()
    {
        var changes = Gen.Choose(0, int.MaxValue).Two().ArrayOf(3);
        var changed = from start in Gen.Elements(Valid)
                      from places in changes
                      select (Body: Changed(start.Body, places), start.IsJson, start.Signal);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(
            changed.ToArbitrary(), one => Array.ForEach(Signals, signal => Readers.Outcome(one.Body, one.IsJson, signal))));
    }

    [Fact]
    public void What_protobuf_does_not_allow_is_refused()
    {
        byte[][] wrong =
        [
            new Wire().Tag(1, 3).Tag(1, 4).ToArray(), // a group
            new Wire().Tag(1, 6).ToArray(),
            new Wire().Tag(0, 0).Varint(1, 1).ToArray(),
            [.. Enumerable.Repeat((byte)0xFF, 11)], // a number without an end
            new Wire().Varint(1, 5).ToArray(), // a list of spans as a number
            [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], // four gigabytes are to follow
            [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
            new Wire().Message(1, new Wire().Message(2, new Wire().Message(2, new Wire().Bytes(1, new byte[OtlpBounds.Id + 1])))).ToArray(),
        ];

        Assert.All(wrong, body => Assert.Throws<MalformedOtlpException>(() => Readers.Spans(body, isJson: false)));
    }

    [Fact]
    public void Depth_is_no_danger()
    {
        var nested = Enumerable.Range(0, 1_000).Aggregate(new Wire().Text(1, "bottom"), (value, _) => new Wire().Message(5, new Wire().Message(1, value)));
        var span = new Wire().Message(9, new Wire().Text(1, "k").Message(2, nested));
        var protobuf = new Wire().Message(1, new Wire().Message(2, new Wire().Message(2, span))).ToArray();
        string Json(int levels) => $$"""{"resourceSpans":[{"x":{{new string('[', levels)}}{{new string(']', levels)}}}]}""";

        Assert.Equal("1", Readers.Outcome(protobuf, isJson: false, OtlpSignal.Traces));
        Assert.Equal("0", Readers.Outcome(Encoding.UTF8.GetBytes(Json(400)), isJson: true, OtlpSignal.Traces));
        Assert.Equal(Readers.Refused, Readers.Outcome(Encoding.UTF8.GetBytes(Json(100_000)), isJson: true, OtlpSignal.Traces));
    }

    private static IEnumerable<(byte[] Body, bool IsJson, OtlpSignal Signal)> Written()
    {
        var attributes = new OtlpAttributes(
        [
            KeyValuePair.Create("gen_ai.request.model", OtlpValue.Of("gpt-4o")), KeyValuePair.Create("tokens", OtlpValue.Of(300L)),
            KeyValuePair.Create("list", OtlpValue.Of([OtlpValue.Of(0.5), OtlpValue.Of(new OtlpAttributes([KeyValuePair.Create("in", OtlpValue.Of(true))]))])),
        ]);
        var origin = new OtlpOrigin(attributes, "scope");
        var told = new OtlpEvent(1, "event", attributes);
        var span = new OtlpSpan("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "", "chat", 3, 1, 2, attributes, [told], 2, "failed");
        var point = new OtlpDataPoint
        {
            Attributes = attributes,
            TimeNanos = 5,
            Value = 7,
            Count = 3,
            Sum = 0.5,
            BucketCounts = [1, 2],
            Bounds = [0.5],
            Positive = new(2, [1, 300]),
        };
        OtlpMetric[] metrics = [.. Enum.GetValues<OtlpMetricKind>()[1..].Select(kind => new OtlpMetric("m", "s", kind, OtlpTemporality.Delta, true, [point]))];

        yield return (WrittenProtobuf.Spans(origin, span), false, OtlpSignal.Traces);
        yield return (WrittenJson.Spans(origin, span), true, OtlpSignal.Traces);
        yield return (WrittenProtobuf.Metrics(origin, metrics), false, OtlpSignal.Metrics);
        yield return (WrittenJson.Metrics(origin, metrics), true, OtlpSignal.Metrics);
        yield return (WrittenProtobuf.Logs(2), false, OtlpSignal.Logs);
        yield return (WrittenJson.Logs(2), true, OtlpSignal.Logs);
    }

    private static byte[] Changed(byte[] body, (int Place, int Value)[] changes)
    {
        var changed = body.ToArray();
        foreach (var (place, value) in changes)
            changed[place % changed.Length] = value % 3 == 0 ? (byte)(value >> 8) : changed[value % changed.Length];

        return changed;
    }
}

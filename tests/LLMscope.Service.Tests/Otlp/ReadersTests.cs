using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.Tests.Otlp;

/// <summary>Both readers read the same, within their bounds.</summary>
public class ReadersTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Fact]
    public void Spans_read_the_same_in_both_encodings() => Check.One(Often, Prop.ForAll(WrittenRequests.Spans, request => Assert.Equal(
        Readers.Spans(WrittenProtobuf.Spans(request.Origin, request.Spans), isJson: false),
        Readers.Spans(WrittenJson.Spans(request.Origin, request.Spans), isJson: true))));

    [Fact]
    public void Metrics_read_the_same_in_both_encodings() => Check.One(Often, Prop.ForAll(WrittenRequests.Metrics, request => Assert.Equal(
        Readers.Metrics(WrittenProtobuf.Metrics(request.Origin, request.Metrics), isJson: false),
        Readers.Metrics(WrittenJson.Metrics(request.Origin, request.Metrics), isJson: true))));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_span_comes_with_all_that_is_read_of_it(bool isJson)
    {
        var origin = new OtlpOrigin(Of(("service.name", OtlpValue.Of("shop"))), "scope");
        var attributes = Of(
            ("a", OtlpValue.Of("text")), ("b", OtlpValue.Of(-7L)), ("c", OtlpValue.Of(0.25)), ("d", OtlpValue.Of(true)), ("e", OtlpValue.Of([OtlpValue.Of("stop")])));
        var span = new OtlpSpan(Trace, "b7ad6b7169203331", "", "chat gpt-4o", 3, 5, ulong.MaxValue, attributes, [new OtlpEvent(6, "first", OtlpAttributes.Empty)], 2, "failed");

        var read = Readers.Spans(isJson ? WrittenJson.Spans(origin, span) : WrittenProtobuf.Spans(origin, span), isJson);

        Assert.Equal(
            $"{{service.name='shop'}} scope|{Trace}|b7ad6b7169203331||chat gpt-4o|3|5|18446744073709551615|"
            + "{a='text', b=Whole -7 -7, c=Number 0 0.25, d=Flag 1 NaN, e=['stop']}|6 first {}|2|failed",
            Assert.Single(read));
    }

    [Fact]
    public void A_resource_is_known_to_its_spans_wherever_it_stands()
    {
        var span = WrittenProtobuf.Span(new OtlpSpan(Trace, "", "", "late", 0, 0, 0, OtlpAttributes.Empty, [], 0, ""));
        var resource = WrittenProtobuf.AddAttributes(new Wire(), 1, Of(("service.name", OtlpValue.Of("shop"))));
        var protobuf = new Wire().Message(1, new Wire().Message(2, new Wire().Message(2, span).Message(1, new Wire().Text(1, "scope"))).Message(1, resource)).ToArray();
        var json = $$$"""
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"late","traceId":"{{{Trace}}}"}],"scope":{"name":"scope"}}],
             "resource":{"attributes":[{"value":{"stringValue":"shop"},"key":"service.name"}]}}]}
            """;

        Assert.StartsWith("{service.name='shop'} scope|", Assert.Single(Readers.Spans(protobuf, isJson: false)), StringComparison.Ordinal);
        Assert.Equal(Readers.Spans(protobuf, isJson: false), Readers.Spans(Encoding.UTF8.GetBytes(json), isJson: true));
    }

    [Theory]
    [InlineData("""{"intValue":"-12"}""", "Whole -12 -12")]
    [InlineData("""{"intValue":-12}""", "Whole -12 -12")]
    [InlineData("""{"intValue":1.2e1}""", "Whole 12 12")]
    [InlineData("""{"intValue":"9223372036854775807"}""", "Whole 9223372036854775807 9.223372036854776E+18")]
    [InlineData("""{"doubleValue":"NaN"}""", "Number 0 NaN")]
    [InlineData("""{"doubleValue":"-Infinity"}""", "Number 0 -Infinity")]
    [InlineData("""{"doubleValue":3}""", "Number 0 3")]
    [InlineData("""{"doubleValue":"3.5"}""", "Number 0 3.5")]
    [InlineData("""{"stringValue":"\u0061\udc00"}""", "'\uFFFD'")]
    [InlineData("""{"stringValue":"a\u0000b\nc"}""", "'a b c'")]
    [InlineData("""{"bytesValue":"AQID"}""", "None 0 NaN")]
    [InlineData("""{"arrayValue":{}}""", "[]")]
    [InlineData("""{"arrayValue":{"values":null}}""", "[]")]
    [InlineData("""{"stringValue":null}""", "None 0 NaN")]
    [InlineData("""{"futureValue":[[{"x":1}]]}""", "None 0 NaN")]
    [InlineData("null", "None 0 NaN")]
    public void JSON_values_are_read_as_the_specification_writes_them(string value, string expected)
    {
        var read = Readers.Spans(Json($$"""{"attributes":[{"key":"k","value":{{value}}}],"unknown":{"deep":[1,2]} }"""), isJson: true);

        Assert.Contains($"|{{k={expected}}}|", Assert.Single(read), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"attributes":{"gen_ai.request.model":"gpt-4o"}}""", "resourceSpans[0].scopeSpans[0].spans[0].attributes must be a list")]
    [InlineData("""{"attributes":[{"key":"a","value":{}},{"key":"k","value":{"intValue":"many"}}]}""", "spans[0].attributes[1].value.intValue must be a whole number")]
    [InlineData("""{"attributes":[{"key":"k","value":{"intValue":1.5}}]}""", "intValue must be a whole number")]
    [InlineData("""{"attributes":[{"key":"k","value":{"intValue":"9223372036854775808"}}]}""", "intValue must be a whole number")]
    [InlineData("""{"attributes":[{"key":"k","value":"gpt-4o"}]}""", "attributes[0].value must be an object")]
    [InlineData("""{"attributes":["k"]}""", "attributes[0] must be an object")]
    [InlineData("""{"kind":"SPAN_KIND_CLIENT"}""", "spans[0].kind must be the whole number of an enumeration")]
    [InlineData("""{"traceId":"CvdlGRbNQ92ESOshHIAxnA=="}""", "spans[0].traceId must be an identifier in hexadecimal digits")]
    [InlineData("""{"traceId":"abc"}""", "spans[0].traceId must be")]
    [InlineData("""{"startTimeUnixNano":-1}""", "spans[0].startTimeUnixNano must be a whole number")]
    [InlineData("""{"startTimeUnixNano":"2026-11-21"}""", "spans[0].startTimeUnixNano must be a whole number")]
    [InlineData("""{"name":5}""", "spans[0].name must be a string")]
    [InlineData("null", "spans[0] must be an object")]
    public void What_is_wrong_in_JSON_is_said_with_its_place(string span, string expected)
    {
        var fault = Assert.Throws<MalformedOtlpException>(() => Readers.Spans(Json(span), isJson: true));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_belongs_to_another_address_is_told_where_to_go()
    {
        var json = Assert.Throws<MalformedOtlpException>(() => Readers.Spans(WrittenJson.Logs(2), isJson: true));
        var protobuf = Assert.Throws<MalformedOtlpException>(() => Readers.Spans(WrittenProtobuf.Logs(2), isJson: false));

        // In protobuf the time of a log record stands where a span has its trace.
        Assert.Contains("resourceLogs belongs to the address /v1/logs", json.Message, StringComparison.Ordinal);
        Assert.Contains("a span has field 1 in another form", protobuf.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gen_ai.input.messages", false)]
    [InlineData("gen_ai.prompt.0.content", false)]
    [InlineData("gen_ai.completion.12.content", false)]
    [InlineData("gen_ai.prompt", false)]
    [InlineData("llm.input_messages.0.message.content", false)]
    [InlineData("input.value", false)]
    [InlineData("ai.prompt.messages", false)]
    [InlineData("ai.response.text", false)]
    [InlineData("gen_ai.completion.0.finish_reason", true)]
    [InlineData("gen_ai.prompt.version", true)]
    [InlineData("gen_ai.input.messages_count", true)]
    [InlineData("ai.response.textual", true)]
    public void What_people_and_models_wrote_is_never_read(string name, bool isRead)
    {
        var span = new OtlpSpan(Trace, "", "", "", 0, 0, 0, Of((name, OtlpValue.Of("a secret"))), [new OtlpEvent(0, "", Of((name, OtlpValue.Of("a secret"))))], 0, "");

        foreach (var isJson in new[] { false, true })
        {
            var read = Assert.Single(Readers.Spans(isJson ? WrittenJson.Spans(OtlpOrigin.Unknown, span) : WrittenProtobuf.Spans(OtlpOrigin.Unknown, span), isJson));
            Assert.Equal(isRead ? 3 : 1, read.Split("secret").Length);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_kept_of_a_span_is_bounded(bool isJson)
    {
        var deep = Enumerable.Range(0, 60).Aggregate(OtlpValue.Of("bottom"), (value, _) => OtlpValue.Of([value]));
        var many = Of([.. Enumerable.Range(0, 3_000).Select(i => ($"k{i}", OtlpValue.Of(new string('é', 1_000))))]);
        var wide = OtlpValue.Of([.. Enumerable.Repeat(OtlpValue.Of(1L), 5_000)]);
        var told = new OtlpEvent(0, "e", Of(("deep", deep), ("wide", wide), ("out", wide)));
        var span = new OtlpSpan(Trace, "", "", new string('é', 1_000_000), 0, 0, 0, many, [.. Enumerable.Repeat(told, 200)], 0, "");
        var body = isJson ? WrittenJson.Spans(OtlpOrigin.Unknown, span) : WrittenProtobuf.Spans(OtlpOrigin.Unknown, span);

        OtlpSpan? read = null;
        if (isJson)
            JsonSpans.Read(body, (one, _) => read = one);
        else
            ProtobufSpans.Read(body, (one, _) => read = one);

        Assert.Equal((OtlpBounds.Attributes, OtlpBounds.Events, OtlpBounds.Text), (read!.Attributes.Pairs.Count, read.Events.Count, Encoding.UTF8.GetByteCount(read.Name)));
        Assert.DoesNotContain("bottom", ReadText.Of(read.Events[0].Attributes), StringComparison.Ordinal);
        Assert.Equal(["deep", "wide"], read.Events[0].Attributes.Pairs.Select(pair => pair.Key));
        Assert.True(read.Events[0].Attributes.Find("wide").Items.Count < OtlpBounds.Attributes);
    }

    [Fact]
    public void A_text_is_cut_between_characters()
    {
        Assert.Equal(OtlpBounds.Text - 1, Encoding.UTF8.GetByteCount(OtlpText.Of(Encoding.UTF8.GetBytes($"a{new string('é', OtlpBounds.Text)}"))));
        Assert.DoesNotContain('\uFFFD', OtlpText.Of(Encoding.UTF8.GetBytes($"ab{string.Concat(Enumerable.Repeat("😀", OtlpBounds.Text))}")));
        Assert.Same(OtlpText.Of("gen_ai.request.model"u8), OtlpText.Of("gen_ai.request.model"u8));
        Assert.Equal("a\uFFFDb", OtlpText.Of([(byte)'a', 0xFF, (byte)'b']));
    }

    [Fact]
    public void Numbers_may_come_packed_or_one_by_one()
    {
        byte[] Of(Wire point) => new Wire().Message(1, new Wire().Message(2, new Wire().Message(2, new Wire().Text(1, "m").Message(9, new Wire().Message(1, point))))).ToArray();

        var packed = Readers.Metrics(Of(new Wire().PackedFixed64(6, [1, 2]).PackedFixed64(7, [BitConverter.DoubleToUInt64Bits(0.5)])), isJson: false);
        var single = Readers.Metrics(Of(new Wire().Fixed64(6, 1).Fixed64(6, 2).Double(7, 0.5)), isJson: false);

        Assert.Equal(packed, single);
        Assert.Contains("[1 2] [0.5]", Assert.Single(packed), StringComparison.Ordinal);
        Assert.Throws<MalformedOtlpException>(() => Readers.Metrics(Of(new Wire().Bytes(6, [1, 2, 3])), isJson: false));
        Assert.Throws<MalformedOtlpException>(() => Readers.Metrics(Of(new Wire().PackedFixed64(6, Enumerable.Repeat(1UL, OtlpBounds.Buckets + 1))), isJson: false));
    }

    [Fact]
    public void Data_points_beyond_the_bound_are_counted_and_left_out()
    {
        var points = Enumerable.Repeat(new OtlpDataPoint { Value = 1 }, OtlpBounds.Points + 5).ToArray();
        var reading = new MetricReading();

        ProtobufMetrics.Read(WrittenProtobuf.Metrics(OtlpOrigin.Unknown, new OtlpMetric("m", "", OtlpMetricKind.Gauge, default, false, points)), reading);

        Assert.Equal((OtlpBounds.Points, 5, OtlpBounds.Points + 5), (Assert.Single(reading.Metrics).Metric.Points.Count, reading.LeftOut, reading.Points));
    }

    private static byte[] Json(string span) => Encoding.UTF8.GetBytes($$"""{"future":{},"resourceSpans":[{"scopeSpans":[{"spans":[{{span}}]}]}]}""");

    private static OtlpAttributes Of(params (string Name, OtlpValue Value)[] pairs) => new([.. pairs.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))]);
}

using LLMscope.Monitoring.Samples;
using LLMscope.Service.GenAi;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.Tests.GenAi;

/// <summary>Spans as emitters write them, two seconds long from <see cref="Start"/> on unless a test says otherwise.</summary>
internal static class Spans
{
    public const ulong Start = 1_795_000_000_000_000_000;
    public const ulong Second = 1_000_000_000;

    public static OtlpOrigin Shop { get; } = new(Attributes([("service.name", "shop"), ("deployment.environment.name", "berlin")]), "scope");

    public static OtlpSpan Of(params (string Name, object Value)[] attributes) => Named("span", attributes);

    public static OtlpSpan Named(string name, params (string Name, object Value)[] attributes) =>
        new("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "", name, Kind: 3, Start, Start + (2 * Second), Attributes(attributes), [], StatusCode: 0, StatusMessage: "");

    public static OtlpEvent Event(string name, double seconds, params (string Name, object Value)[] attributes) =>
        new(Start + (ulong)(seconds * Second), name, Attributes(attributes));

    public static OtlpSpan Raising(this OtlpSpan span, params OtlpEvent[] events) => span with { Events = events };

    public static OtlpAttributes Attributes((string Name, object Value)[] attributes) => new([.. attributes.Select(one => KeyValuePair.Create(one.Name, Value(one.Value)))]);

    public static Call CallOf(OtlpSpan span)
    {
        var mapped = SpanMapper.Map(span, Shop);
        Assert.Null(mapped.Fault);
        Assert.NotNull(mapped.Call);
        return mapped.Call;
    }

    private static OtlpValue Value(object value) => value switch
    {
        string text => OtlpValue.Of(text),
        bool flag => OtlpValue.Of(flag),
        int whole => OtlpValue.Of((long)whole),
        long whole => OtlpValue.Of(whole),
        double number => OtlpValue.Of(number),
        string[] items => OtlpValue.Of((IReadOnlyList<OtlpValue>)[.. items.Select(OtlpValue.Of)]),
        _ => default,
    };
}

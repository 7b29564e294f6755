using LLMscope.Service.GenAi;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.Tests.GenAi;

public class CallSelectionTests
{
    [Fact]
    public void Of_nested_spans_of_one_call_the_innermost_counts() =>
        Assert.Equal(["sdk"], Counted(Chat("framework", ""), Chat("client", "framework"), Chat("sdk", "client")));

    [Fact]
    public void Spans_that_are_none_may_lie_between() =>
        Assert.Equal(["sdk"], Counted(Chat("framework", ""), Other("pipeline", "framework"), Chat("sdk", "pipeline"), Other("POST", "sdk")));

    [Fact]
    public void Attempts_within_one_span_are_calls_of_their_own() =>
        Assert.Equal(["first", "second"], Counted(Chat("first", "framework"), Chat("second", "framework"), Chat("framework", "")));

    [Fact]
    public void Calls_side_by_side_are_all_counted() => Assert.Equal(["a", "b"], Counted(Other("agent", ""), Chat("a", "agent"), Chat("b", "agent")));

    [Fact]
    public void A_call_that_embeds_on_its_way_is_counted_with_its_embedding() =>
        Assert.Equal(["chat", "embedding"], Counted(Chat("chat", ""), Spanned("embedding", "chat", ("gen_ai.operation.name", "embeddings"), ("gen_ai.request.model", "ada"))));

    [Fact]
    public void The_server_of_a_call_measures_for_itself() =>
        Assert.Equal(["client", "server"], Counted(Chat("client", ""), Chat("server", "client") with { Kind = 2 }));

    [Fact]
    public void Equal_span_ids_of_different_traces_are_different_spans() =>
        Assert.Equal(["a", "b"], Counted(Chat("a", ""), Chat("b", "a") with { TraceId = "other" }));

    [Fact]
    public void Spans_that_are_each_others_parents_do_no_harm()
    {
        Assert.Empty(Counted(Chat("a", "b"), Chat("b", "a")));
        Assert.Equal(["a"], Counted(Chat("a", "a")));
    }

    private static string[] Counted(params OtlpSpan[] spans)
    {
        var mapped = CallSelection.Of([.. spans.Select(span => (span, Spans.Shop))]);
        return [.. spans.Where((_, i) => mapped[i].Call is not null).Select(span => span.SpanId)];
    }

    private static OtlpSpan Chat(string id, string parent) => Spanned(id, parent, ("gen_ai.operation.name", "chat"), ("gen_ai.request.model", "m"));

    private static OtlpSpan Other(string id, string parent) => Spanned(id, parent, ("http.request.method", "POST"));

    private static OtlpSpan Spanned(string id, string parent, params (string, object)[] attributes) => Spans.Of(attributes) with { SpanId = id, ParentSpanId = parent };
}

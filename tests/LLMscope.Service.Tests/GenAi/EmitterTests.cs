namespace LLMscope.Service.Tests.GenAi;

/// <summary>What real instrumentations export ends as exactly the calls that were made, each once. Their versions are in Emitters/package.json.</summary>
public sealed class EmitterTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly ServiceHost _host = shared.Host;
    private readonly string _application = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task The_instrumentation_of_OpenTelemetry_tells_of_every_call_and_its_fault()
    {
        await EmitAsync("contrib");

        Assert.Equal(
            """
            answering > answering-served: openai chat 21+5 ok stop
            broken > : openai chat server 500
            embedding > embedding-served: openai embeddings 7 ok
            limited > : openai chat rate limit 429
            streaming > streaming-served: openai chat 21+5 ok stop
            """,
            await CallsAsync());
    }

    [Fact]
    public async Task Traceloop_tells_of_answers_alone() // Its spans of failed calls are never ended, and it does not watch embeddings.
    {
        await EmitAsync("traceloop");

        Assert.Equal(
            """
            answering > answering-served: openai chat 21+5 ok stop
            streaming > streaming-served: openai chat ok stop
            """,
            await CallsAsync());
    }

    [Fact]
    public async Task OpenInference_tells_of_cached_tokens_and_of_embeddings() // Its spans of failed calls are never ended.
    {
        await EmitAsync("openinference");

        Assert.Equal(
            """
            answering > answering-served: openai chat 21+5 4 cached ok stop
            embedding > : openai embeddings ok
            streaming > streaming: openai chat streamed ok stop
            """,
            await CallsAsync());
    }

    [Theory]
    [InlineData("ai-4", "", "")]
    [InlineData("ai-5", "", " 4 cached")]
    [InlineData("ai-6", " 4 cached", " 4 cached")]
    public async Task Vercel_tells_of_first_tokens_and_is_counted_without_its_outer_spans(string version, string cached, string cachedOfStreams)
    {
        await EmitAsync(version);

        Assert.Equal(
            $"""
            answering > answering-served: openai chat 21+5{cached} whole ok stop
            broken > : openai chat whole error
            embedding > : openai embeddings 7 ok
            limited > : openai chat whole error
            streaming > streaming-served: openai chat 21+5{cachedOfStreams} streamed first token in time ok stop
            """,
            await CallsAsync());
    }

    [Fact]
    public async Task What_a_framework_tells_of_the_same_calls_and_its_agents_is_not_counted_again()
    {
        await EmitAsync("framework");

        Assert.Equal(
            """
            answering > answering-served: openai chat 21+5 ok stop
            streaming > streaming-served: openai chat 21+5 ok stop
            """,
            await CallsAsync());
    }

    [Fact]
    public async Task The_metrics_of_an_instrumentation_become_series_of_their_own()
    {
        await EmitAsync("contrib");

        Assert.Equal(
            """
            answering: duration_mean n=1, duration_p50 n=1, duration_p95 n=1, error_share=0 n=1, input_tokens_mean=21 n=1, output_tokens_mean=5 n=1
            broken: error_share=1 n=1
            embedding: duration_mean n=1, duration_p50 n=1, duration_p95 n=1, error_share=0 n=1, input_tokens_mean=7 n=1
            limited: error_share=1 n=1
            streaming: duration_mean n=1, duration_p50 n=1, duration_p95 n=1, error_share=0 n=1, input_tokens_mean=21 n=1, output_tokens_mean=5 n=1
            """,
            await _host.AskAsync<string>($"""
                SELECT string_agg(model || ': ' || told, E'\n' ORDER BY model COLLATE "C") FROM (
                    SELECT model, string_agg(
                        characteristic || CASE WHEN characteristic LIKE 'duration%' THEN '' ELSE '=' || value END || ' n=' || coalesce(count, 1),
                        ', ' ORDER BY characteristic) AS told
                    FROM samples s JOIN series e ON e.id = s.series_id JOIN sources o ON o.id = e.source_id
                    WHERE application = '{_application}' AND (characteristic LIKE 'duration\_%' OR characteristic LIKE '%tokens\_mean' OR characteristic = 'error_share')
                    GROUP BY model) AS models
                """));
        Assert.Equal(3, await _host.AskAsync<long>($"""
            SELECT count(*) FROM samples s JOIN series e ON e.id = s.series_id JOIN sources o ON o.id = e.source_id
            WHERE application = '{_application}' AND characteristic = 'duration_mean' AND value > 0 AND value < 10
            """));
    }

    private Task EmitAsync(string instrumentation) => Emitter.RunAsync(instrumentation, _host.Client.BaseAddress!, _application, TestContext.Current.CancellationToken);

    // The names of the categories are those of ErrorCategory.
    private Task<string> CallsAsync() => _host.AskAsync<string>($"""
        SELECT string_agg(concat_ws(' ',
            model || ' > ' || served_model || ':', provider, operation, input_tokens || coalesce('+' || output_tokens, ''), cached_tokens || ' cached',
            CASE streaming WHEN true THEN 'streamed' WHEN false THEN 'whole' END,
            CASE WHEN time_to_first_token BETWEEN 0.1 AND duration - 0.04 THEN 'first token in time' WHEN time_to_first_token IS NOT NULL THEN 'first token at a wrong time' END,
            CASE WHEN status = 0 THEN 'ok' ELSE coalesce(CASE error_category WHEN 2 THEN 'server' WHEN 6 THEN 'rate limit' END, 'error') END,
            http_status, finish_reason), E'\n' ORDER BY model COLLATE "C")
        FROM calls c JOIN sources o ON o.id = c.source_id WHERE application = '{_application}' AND site = 'test' AND length(trace_id) = 32 AND duration > 0
        """);
}

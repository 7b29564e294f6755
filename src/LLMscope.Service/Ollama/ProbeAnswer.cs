using System.Text.Json;
using LLMscope.Monitoring.Samples;
using LLMscope.Service.Scraping.Deriving;

namespace LLMscope.Service.Ollama;

/// <summary>What a probe came to: the server's own timings, or how it failed.</summary>
/// <param name="TimePerOutputToken">In seconds, by the time of decoding and the tokens that it made.</param>
/// <param name="Problem">For people; null where it went well.</param>
internal sealed record ProbeAnswer(Call Call, double? TimePerOutputToken, string? Problem)
{
    /// <summary>Loading for longer than this, in seconds, is a cold start. A model in memory takes some milliseconds.</summary>
    private const double ColdStart = 1;

    /// <summary>Reads the answer of <c>/api/generate</c> that came with 200.</summary>
    public static ProbeAnswer Of(JsonElement answer, Source source, DateTime time)
    {
        if (OllamaJson.Text(answer, "error") is { } error)
            return Failed(source, time, ErrorCategory.Model, 200, error);
        if (OllamaJson.Seconds(answer, "total_duration") is not { } total || !answer.TryGetProperty("done", out var done) || done.ValueKind != JsonValueKind.True)
            return Failed(source, time, ErrorCategory.Server, 200, "The answer is not complete.");

        // The time of reading the prompt and the number of its tokens are left out where the prompt was still in the cache.
        var load = OllamaJson.Seconds(answer, "load_duration") ?? 0;
        var first = load + (OllamaJson.Seconds(answer, "prompt_eval_duration") ?? 0);
        var tokens = OllamaJson.Count(answer, "eval_count");
        var call = new Call(
            source, time, total, first <= total ? first : null, OllamaJson.Count(answer, "prompt_eval_count"), tokens,
            HttpStatus: 200, ColdStart: load > ColdStart, Streaming: false, FinishReason: OllamaJson.Text(answer, "done_reason") is { } reason ? SourceParts.Clean(reason) : null);
        return new ProbeAnswer(call, tokens > 0 && OllamaJson.Seconds(answer, "eval_duration") is { } decoding ? decoding / tokens : null, null);
    }

    /// <summary>How an answer other than 200 failed.</summary>
    public static ProbeAnswer OfStatus(int status, string? error, Source source, DateTime time) => Failed(
        source, time,
        status switch { 429 => ErrorCategory.RateLimit, 408 or 504 => ErrorCategory.Timeout, >= 500 => ErrorCategory.Server, _ => ErrorCategory.Client },
        status, error ?? $"The answer is {status}.");

    public static ProbeAnswer Failed(Source source, DateTime time, ErrorCategory category, int? status, string problem) => new(
        new Call(source, time, null, Status: CallStatus.Error, ErrorCategory: category, HttpStatus: status, Streaming: false), null, problem);

    /// <summary>The values of the call. Time per output token is the server's own, not what remains of the whole time.</summary>
    public IEnumerable<(string Characteristic, double Value)> Values()
    {
        foreach (var value in CallSamples.Of(Call))
        {
            if (value.Characteristic != Characteristic.TimePerOutputToken)
                yield return value;
        }

        if (TimePerOutputToken is { } each)
            yield return (Characteristic.TimePerOutputToken, each);
    }
}

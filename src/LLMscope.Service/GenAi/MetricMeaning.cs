using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.GenAi;

/// <summary>What a metric measures, and which series it moves.</summary>
/// <param name="Characteristic">The word that the names of its series begin with.</param>
/// <param name="Unit">The base unit of its values.</param>
/// <param name="CountsCalls">It counts calls with their errors, so that it yields a share of errors too.</param>
/// <param name="IsTotal">It counts all there is, so that it yields a rate; otherwise only the mean of what it observed.</param>
/// <param name="Names">The metrics, in any generation; a <c>*</c> at the beginning stands for any beginning.</param>
internal sealed record MetricMeaning(string Characteristic, Unit Unit, bool CountsCalls, bool IsTotal, params string[] Names)
{
    /// <summary>By which token.usage tells the kinds of tokens apart.</summary>
    public const string PerTokenType = "tokens";

    private static readonly Unit Token = Of("{token}");

    public static IReadOnlyList<MetricMeaning> All { get; } =
    [
        new("duration", Unit.Seconds, CountsCalls: true, IsTotal: false, "gen_ai.client.operation.duration", "gen_ai.client.inference.duration", "gen_ai.server.request.duration"),
        new("response_duration", Unit.Seconds, CountsCalls: false, IsTotal: false, "gen_ai.client.response.duration"),
        new("time_to_first_token", Unit.Seconds, CountsCalls: false, IsTotal: false,
            "gen_ai.client.operation.time_to_first_chunk", "gen_ai.client.inference.time_to_first_chunk", "gen_ai.server.time_to_first_token",
            "gen_ai.client.response.time_to_first_token", "*.streaming_time_to_first_token"),
        new("time_per_output_token", Unit.Seconds, CountsCalls: false, IsTotal: false, "gen_ai.server.time_per_output_token", "gen_ai.client.response.time_per_output_token"),
        new("time_per_output_chunk", Unit.Seconds, CountsCalls: false, IsTotal: false,
            "gen_ai.client.operation.time_per_output_chunk", "gen_ai.client.inference.time_per_output_chunk"),
        new("time_to_generate", Unit.Seconds, CountsCalls: false, IsTotal: false, "*.streaming_time_to_generate", "llm.streaming.time_to_generate"),
        new(PerTokenType, Token, CountsCalls: false, IsTotal: true, "gen_ai.client.token.usage"),
        new("input_tokens", Token, CountsCalls: false, IsTotal: true, "gen_ai.client.inference.usage.input_tokens"),
        new("output_tokens", Token, CountsCalls: false, IsTotal: true, "gen_ai.client.inference.usage.output_tokens"),
        new("cached_tokens", Token, CountsCalls: false, IsTotal: true, "gen_ai.client.inference.usage.cache_read.input_tokens"),
        new("input_tokens", Token, CountsCalls: false, IsTotal: false, "gen_ai.client.inference.operation.input_tokens"),
        new("output_tokens", Token, CountsCalls: false, IsTotal: false, "gen_ai.client.inference.operation.output_tokens"),
        new("cost", Of("USD"), CountsCalls: false, IsTotal: false, "gen_ai.client.token.cost", "gen_ai.usage.cost"),
        new("exceptions", Unit.Events, CountsCalls: false, IsTotal: false, "llm.openai.chat_completions.exceptions", "llm.openai.embeddings.exceptions", "*.completion.exceptions"),
    ];

    /// <returns>Null where nobody asks for it.</returns>
    public static MetricMeaning? Find(string metric)
    {
        foreach (var meaning in All)
        {
            foreach (var name in meaning.Names)
            {
                if (name[0] == '*' ? metric.EndsWith(name[1..], StringComparison.Ordinal) && IsOfModels(metric) : metric == name)
                    return meaning;
            }
        }

        return null;
    }

    private static bool IsOfModels(string metric) => metric.StartsWith("gen_ai.", StringComparison.Ordinal) || metric.StartsWith("llm.", StringComparison.Ordinal);

    private static Unit Of(string symbol) => Unit.TryFind(symbol, out var unit) ? unit : throw new ArgumentException($"'{symbol}' is not a known unit.", nameof(symbol));
}

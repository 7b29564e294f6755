using LLMscope.Client;
using LLMscope.Client.Chat;

namespace Microsoft.Extensions.AI;

/// <summary>Measures what goes through a client of Microsoft.Extensions.AI.</summary>
public static class LLMscopeMeasuring
{
    /// <summary>
    /// A client that asks the same model and has LLMscope measure each call. In a <c>ChatClientBuilder</c>: <c>.Use(inner =&gt; inner.UseLLMscope(llmscope))</c>.
    /// </summary>
    public static IChatClient UseLLMscope(this IChatClient inner, LLMscopeClient llmscope) => new MeasuredChatClient(inner, llmscope);

    /// <summary>A generator that makes the same embeddings and has LLMscope measure each call.</summary>
    public static IEmbeddingGenerator<TInput, TEmbedding> UseLLMscope<TInput, TEmbedding>(this IEmbeddingGenerator<TInput, TEmbedding> inner, LLMscopeClient llmscope)
        where TEmbedding : Embedding => new MeasuredEmbeddingGenerator<TInput, TEmbedding>(inner, llmscope);
}

using Microsoft.Extensions.AI;

namespace LLMscope.Client.Chat;

/// <summary>Asks the inner generator and measures. Embeddings and exceptions pass through as they are.</summary>
internal sealed class MeasuredEmbeddingGenerator<TInput, TEmbedding> : DelegatingEmbeddingGenerator<TInput, TEmbedding>
    where TEmbedding : Embedding
{
    private readonly LLMscopeClient _client;
    private readonly string? _provider;
    private readonly string? _defaultModel;

    public MeasuredEmbeddingGenerator(IEmbeddingGenerator<TInput, TEmbedding> inner, LLMscopeClient client)
        : base(inner)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        try
        {
            var metadata = inner.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
            (_provider, _defaultModel) = (metadata?.ProviderName, metadata?.DefaultModelId);
        }
        catch (Exception fault) when (client.Survive(fault))
        {
        }
    }

    public override async Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var running = new RunningCall(_client);
        var model = options?.ModelId ?? _defaultModel;
        try
        {
            var embeddings = await base.GenerateAsync(values, options, cancellationToken).ConfigureAwait(false);
            Record(running, model, embeddings, null, cancellationToken);
            return embeddings;
        }
        catch (Exception fault) when (Record(running, model, null, fault, cancellationToken))
        {
            throw;
        }
    }

    /// <returns>Always false, so that an exception filter catches nothing.</returns>
    private bool Record(RunningCall running, string? model, GeneratedEmbeddings<TEmbedding>? embeddings, Exception? fault, CancellationToken asked)
    {
        try
        {
            running.End(
                new MeasuredCall
                {
                    Time = default,
                    Provider = _provider,
                    Model = model,
                    Operation = "embeddings",
                    InputTokens = embeddings?.Usage?.InputTokenCount,
                    Fault = fault is null ? null : FaultOf.Exception(fault, asked),
                    HttpStatus = fault is null ? null : FaultOf.StatusOf(fault),
                    Streaming = false,
                }, asHeard: false);
        }
        catch (Exception own) when (_client.Survive(own))
        {
        }

        return false;
    }
}

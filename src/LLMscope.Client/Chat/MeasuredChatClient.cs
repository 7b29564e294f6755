using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LLMscope.Client.Chat;

/// <summary>Asks the inner client and measures. Answers and exceptions pass through as they are.</summary>
internal sealed class MeasuredChatClient : DelegatingChatClient
{
    private readonly LLMscopeClient _client;
    private readonly string? _provider;
    private readonly string? _defaultModel;

    public MeasuredChatClient(IChatClient inner, LLMscopeClient client)
        : base(inner)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        try
        {
            var metadata = inner.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;
            (_provider, _defaultModel) = (metadata?.ProviderName, metadata?.DefaultModelId);
        }
        catch (Exception fault) when (client.Survive(fault))
        {
        }
    }

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = Begin(ref messages, options, streaming: false, cancellationToken);
        try
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            call.See(response);
            call.End();
            return response;
        }
        catch (Exception fault) when (call.Fail(fault))
        {
            throw;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var call = Begin(ref messages, options, streaming: true, cancellationToken);
        var updates = Start(messages, options, call, cancellationToken);
        await using var ending = updates.ConfigureAwait(false);
        try
        {
            while (await MoveNextAsync(updates, call).ConfigureAwait(false))
            {
                var update = updates.Current;
                call.See(update);
                yield return update;
            }

            call.End();
        }
        finally
        {
            call.Leave();
        }
    }

    private IAsyncEnumerator<ChatResponseUpdate> Start(IEnumerable<ChatMessage> messages, ChatOptions? options, ChatCall call, CancellationToken cancellation)
    {
        try
        {
            return base.GetStreamingResponseAsync(messages, options, cancellation).GetAsyncEnumerator(cancellation);
        }
        catch (Exception fault) when (call.Fail(fault))
        {
            throw;
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, ChatCall call)
    {
        try
        {
            return await updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception fault) when (call.Fail(fault))
        {
            throw;
        }
    }

    private ChatCall Begin(ref IEnumerable<ChatMessage> messages, ChatOptions? options, bool streaming, CancellationToken asked) =>
        new(_client, _provider, options?.ModelId ?? _defaultModel, streaming, IdentityOf(ref messages), asked);

    private string? IdentityOf(ref IEnumerable<ChatMessage> messages)
    {
        if (_client.Options.PromptKey.IsEmpty || messages is null)
            return null;

        // A sequence that can be read only once is read here, and handed on as what was read.
        if (messages is not IReadOnlyCollection<ChatMessage>)
            messages = [.. messages];
        try
        {
            return PromptIdentity.Of(messages, _client.Options.PromptKey);
        }
        catch (Exception fault) when (_client.Survive(fault))
        {
            return null;
        }
    }
}

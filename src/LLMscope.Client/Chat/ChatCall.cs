using Microsoft.Extensions.AI;

namespace LLMscope.Client.Chat;

/// <summary>What is learnt of one call of a chat client while it runs. Nothing that it does reaches the application.</summary>
internal sealed class ChatCall(LLMscopeClient client, string? provider, string? model, bool streaming, string? promptHmac, CancellationToken asked)
{
    private readonly RunningCall _running = new(client);
    private string? _servedModel;
    private string? _finishReason;
    private long? _input;
    private long? _output;
    private long? _cached;
    private CallFault? _fault;

    public void See(ChatResponse? response)
    {
        try
        {
            if (response is null)
                return;

            (_servedModel, _finishReason) = (response.ModelId, response.FinishReason?.Value);
            Add(response.Usage);
            foreach (var message in response.Messages)
                LookForError(message.Contents);
        }
        catch (Exception fault) when (client.Survive(fault))
        {
        }
    }

    public void See(ChatResponseUpdate? update)
    {
        try
        {
            if (update is null)
                return;

            _running.Heard(HasToken(update.Contents));
            _servedModel ??= update.ModelId;
            _finishReason = update.FinishReason?.Value ?? _finishReason;
            LookForError(update.Contents);
        }
        catch (Exception fault) when (client.Survive(fault))
        {
        }
    }

    /// <summary>The answer came to its end.</summary>
    public void End() => Record(_fault ?? (FaultOf.IsRefusal(_finishReason) ? CallFault.Model : null), null, asHeard: false);

    /// <summary>The application has heard enough: where the answer had said that it is over, it is whole.</summary>
    public void Leave()
    {
        if (_finishReason is not null || _fault is not null)
            Record(_fault ?? (FaultOf.IsRefusal(_finishReason) ? CallFault.Model : null), null, asHeard: true);
        else
            Record(CallFault.Cancelled, null, asHeard: false);
    }

    /// <summary>For an exception filter: records the failure while the exception passes.</summary>
    /// <returns>Always false, so that nothing is caught.</returns>
    public bool Fail(Exception fault)
    {
        try
        {
            Record(FaultOf.Exception(fault, asked), FaultOf.StatusOf(fault), asHeard: false);
        }
        catch (Exception own) when (client.Survive(own))
        {
        }

        return false;
    }

    private void Record(CallFault? fault, int? status, bool asHeard) => _running.End(
        new MeasuredCall
        {
            Time = default,
            Provider = provider,
            Model = model ?? _servedModel,
            ServedModel = _servedModel,
            Operation = "chat",
            InputTokens = _input,
            OutputTokens = _output,
            CachedTokens = _cached,
            Fault = fault,
            HttpStatus = status,
            Streaming = streaming,
            PromptHmac = promptHmac,
            FinishReason = _finishReason,
        }, asHeard);

    private void Add(UsageDetails? usage)
    {
        if (usage is null)
            return;

        // A stream may tell its use in parts that add up, as Microsoft.Extensions.AI itself reads them.
        _input = Sum(_input, usage.InputTokenCount);
        _output = Sum(_output, usage.OutputTokenCount);
        _cached = Sum(_cached, usage.CachedInputTokenCount);
    }

    private void LookForError(IList<AIContent> contents)
    {
        for (var i = 0; i < contents.Count; i++)
        {
            if (contents[i] is ErrorContent error)
                _fault ??= FaultOf.Words(error.ErrorCode ?? "") ?? CallFault.Server;
            else if (streaming && contents[i] is UsageContent usage)
                Add(usage.Details);
        }
    }

    // An update that only says who speaks, or what it cost, is no token.
    private static bool HasToken(IList<AIContent> contents)
    {
        for (var i = 0; i < contents.Count; i++)
        {
            if (contents[i] is not (UsageContent or ErrorContent or TextContent { Text.Length: 0 } or TextReasoningContent { Text.Length: 0 }))
                return true;
        }

        return false;
    }

    private static long? Sum(long? sum, long? more) => more is null ? sum : (sum ?? 0) + more;
}

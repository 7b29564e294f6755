namespace LLMscope.Client.Http;

/// <summary>
/// One HTTP call as it is watched: the bytes of the question and the answer come by in pieces and pass on unchanged. Nothing that watching does
/// reaches the application.
/// </summary>
internal sealed class WatchedCall
{
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(100);

    private readonly LLMscopeClient _client;
    private readonly Protocol _protocol;
    private readonly string? _provider;
    private readonly TimeSpan _timeout;
    private readonly CancellationToken _asked;
    private readonly RunningCall _running;
    private readonly PromptIdentity? _identity;
    private readonly Question _question;
    private readonly JsonScanner _asking;
    private readonly Answer _answer;
    private readonly JsonScanner _answering;
    private EventScanner? _events;
    private int? _status;
    private bool _isEncoded;
    private bool _hasAsked;
    private bool _hasBegun;
    private bool _isLost;

    /// <param name="timeout">A cancellation that comes this late is a timeout.</param>
    public WatchedCall(LLMscopeClient client, Protocol protocol, string? provider, TimeSpan timeout, CancellationToken asked)
    {
        (_client, _protocol, _provider, _timeout, _asked) = (client, protocol, provider, timeout, asked);
        _running = new RunningCall(client);
        _identity = client.Options.PromptKey.IsEmpty ? null : new PromptIdentity(client.Options.PromptKey);
        _question = new Question(_identity);
        _asking = new JsonScanner(_question);
        _answer = protocol.NewAnswer();
        _answering = new JsonScanner(_answer);
    }

    /// <summary>The question is about to be sent; perhaps again, as after a redirection or on another connection.</summary>
    public void BeginAsking()
    {
        if (_hasAsked)
        {
            _asking.Restart();
            _identity?.Restart();
        }

        _hasAsked = true;
    }

    /// <summary>Bytes of the question.</summary>
    public void Asked(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _asking.Read(bytes);
        }
        catch (Exception fault) when (_client.Survive(fault))
        {
        }
    }

    /// <returns>Whether the answer is worth watching; otherwise the call is recorded.</returns>
    public bool Answered(HttpResponseMessage response)
    {
        _status = (int)response.StatusCode;
        _isEncoded = response.Content.Headers.ContentEncoding.Count > 0;
        if (response.Content.Headers.ContentType is { MediaType: "text/event-stream" })
            _events = new EventScanner(_answering);

        // Few who get an error read it to its end. Of a bad request the body says whether a content filter refused it.
        if (response.IsSuccessStatusCode || _status == 400)
            return true;

        End(null, asHeard: false);
        return false;
    }

    /// <summary>Bytes of the answer.</summary>
    public void Heard(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (bytes.IsEmpty)
                return;

            if (!_isEncoded && !_isLost)
                Read(bytes);
            _running.Heard(_answer.HasToken);
        }
        catch (Exception fault) when (_client.Survive(fault))
        {
            _isLost = true;
        }
    }

    /// <summary>The application reads the answer out of order: nothing more can be told from it.</summary>
    public void Lose() => _isLost = true;

    /// <summary>The answer has come to its end.</summary>
    public void Ended()
    {
        var isDeaf = _answering.IsDeaf;
        _answering.Restart(); // A number that nothing follows ends here.
        End(isDeaf || IsWhole ? null : CallFault.Network, asHeard: false);
    }

    /// <summary>The application reads no further: where the answer had said that it is over, it is whole.</summary>
    public void Left()
    {
        var isWhole = IsWhole && !_isEncoded && !_isLost;
        End(isWhole ? null : CallFault.Cancelled, asHeard: isWhole);
    }

    /// <summary>For an exception filter: records the failure while the exception passes.</summary>
    /// <returns>Always false, so that nothing is caught.</returns>
    public bool Failed(Exception fault)
    {
        _status ??= FaultOf.StatusOf(fault);
        End(fault is OperationCanceledException && IsLate ? CallFault.Timeout : FaultOf.Exception(fault, _asked), asHeard: false);
        return false;
    }

    /// <summary>For an exception filter: the application no longer wants to read.</summary>
    /// <returns>Always false, so that nothing is caught.</returns>
    public bool Cancelled()
    {
        End(IsLate ? CallFault.Timeout : CallFault.Cancelled, asHeard: false);
        return false;
    }

    private bool IsLate => _timeout > TimeSpan.Zero && _running.Elapsed >= _timeout - Slack;

    // What could not be read is not judged: an unknown end is no broken one.
    private bool IsWhole => _isEncoded || _isLost || _answer.IsFinished || _answer.Fault is not null
        || (_events is null && !_answer.IsOpen && (_answering.IsWhole || _answering.IsDeaf));

    private void Read(ReadOnlySpan<byte> bytes)
    {
        if (!_hasBegun)
        {
            // Some servers send events and call them text.
            var first = bytes.IndexOfAnyExcept(" \t\r\n"u8);
            if (first >= 0)
                _hasBegun = true;
            if (first >= 0 && _events is null && bytes[first] is not ((byte)'{' or (byte)'['))
                _events = new EventScanner(_answering);
        }

        if (_events is not null)
            _events.Read(bytes);
        else
            _answering.Read(bytes);
    }

    private void End(CallFault? fault, bool asHeard)
    {
        try
        {
            var ofStatus = _status is { } status ? FaultOf.Status(status) : null;
            _running.End(
                new MeasuredCall
                {
                    Time = default,
                    Provider = _provider ?? _protocol.Provider,
                    Model = _question.Model ?? _protocol.Model ?? _answer.Model,
                    ServedModel = _answer.Model,
                    Operation = _protocol.Operation,
                    InputTokens = _answer.InputTokens,
                    OutputTokens = _answer.OutputTokens,
                    CachedTokens = _answer.CachedTokens,
                    Fault = fault is CallFault.Cancelled ? fault : _answer.Fault is CallFault.Model ? CallFault.Model : ofStatus ?? _answer.Fault ?? fault,
                    HttpStatus = _status,
                    ColdStart = _answer.IsColdStart,
                    Streaming = _events is not null || (_question.Streaming ?? _protocol.StreamsUnlessTold),
                    PromptHmac = _identity?.Text(),
                    FinishReason = _answer.FinishReason,
                }, asHeard);
            _identity?.Dispose();
        }
        catch (Exception own) when (_client.Survive(own))
        {
        }
    }
}

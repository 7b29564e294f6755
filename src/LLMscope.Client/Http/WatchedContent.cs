using System.Net;

namespace LLMscope.Client.Http;

/// <summary>An answer's content that tells a call of the bytes that are read from it. Bytes, headers and length stay as they are.</summary>
internal sealed class WatchedContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly WatchedCall _call;

    public WatchedContent(HttpContent inner, WatchedCall call)
    {
        (_inner, _call) = (inner, call);
        foreach (var header in inner.Headers.NonValidated)
        {
            foreach (var value in header.Value)
                Headers.TryAddWithoutValidation(header.Key, value);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            await _inner.CopyToAsync(new PassingStream(stream, _call.Heard), context, cancellationToken).ConfigureAwait(false);
            _call.Ended();
        }
        catch (Exception fault) when (_call.Failed(fault))
        {
            throw;
        }
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            _inner.CopyTo(new PassingStream(stream, _call.Heard), context, cancellationToken);
            _call.Ended();
        }
        catch (Exception fault) when (_call.Failed(fault))
        {
            throw;
        }
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new WatchedStream(await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), _call);
        }
        catch (Exception fault) when (_call.Failed(fault))
        {
            throw;
        }
    }

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken)
    {
        try
        {
            return new WatchedStream(_inner.ReadAsStream(cancellationToken), _call);
        }
        catch (Exception fault) when (_call.Failed(fault))
        {
            throw;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _call.Left();
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

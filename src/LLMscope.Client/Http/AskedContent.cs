using System.Net;

namespace LLMscope.Client.Http;

/// <summary>A request's content that tells a call of the bytes that are written from it. It is not disposed with the request: the application's own is.</summary>
internal sealed class AskedContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly WatchedCall _call;

    public AskedContent(HttpContent inner, WatchedCall call)
    {
        (_inner, _call) = (inner, call);
        foreach (var header in inner.Headers.NonValidated)
        {
            foreach (var value in header.Value)
                Headers.TryAddWithoutValidation(header.Key, value);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        _inner.CopyToAsync(Pass(stream), context);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _inner.CopyToAsync(Pass(stream), context, cancellationToken);

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _inner.CopyTo(Pass(stream), context, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    private PassingStream Pass(Stream stream)
    {
        _call.BeginAsking();
        return new PassingStream(stream, _call.Asked);
    }
}

using System.Net;

namespace LLMscope.Service.Tests.Samples;

/// <summary>A body without a declared length that leaves in pieces of any size.</summary>
internal sealed class PieceContent(byte[] body, Random random) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (var sent = 0; sent < body.Length;)
        {
            var piece = Math.Min(random.Next(1, 30_000), body.Length - sent);
            await stream.WriteAsync(body.AsMemory(sent, piece));
            await stream.FlushAsync();
            sent += piece;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}

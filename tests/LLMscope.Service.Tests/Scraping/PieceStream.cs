namespace LLMscope.Service.Tests.Scraping;

/// <summary>A body that arrives so many bytes at a time.</summary>
internal sealed class PieceStream(byte[] body, int piece) : MemoryStream(body)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
}

namespace LLMscope.Client.Http;

/// <summary>The stream of an answer that tells a call of the bytes that were read, of its end, and of being left.</summary>
internal sealed class WatchedStream(Stream inner, WatchedCall call) : Stream
{
    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => inner.CanWrite;

    public override bool CanTimeout => inner.CanTimeout;

    public override long Length => inner.Length;

    public override int ReadTimeout
    {
        get => inner.ReadTimeout;
        set => inner.ReadTimeout = value;
    }

    public override int WriteTimeout
    {
        get => inner.WriteTimeout;
        set => inner.WriteTimeout = value;
    }

    public override long Position
    {
        get => inner.Position;
        set
        {
            call.Lose();
            inner.Position = value;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            var read = inner.Read(buffer);
            Tell(buffer[..read], buffer.Length);
            return read;
        }
        catch (Exception fault) when (call.Failed(fault))
        {
            throw;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            Tell(buffer.Span[..read], buffer.Length);
            return read;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && call.Cancelled())
        {
            throw;
        }
        catch (Exception fault) when (call.Failed(fault))
        {
            throw;
        }
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        call.Lose();
        return inner.Seek(offset, origin);
    }

    public override void SetLength(long value) => inner.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Flush() => inner.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            call.Left();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    public override async ValueTask DisposeAsync()
    {
        call.Left();
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private void Tell(ReadOnlySpan<byte> read, int wanted)
    {
        if (!read.IsEmpty)
            call.Heard(read);
        else if (wanted > 0)
            call.Ended();
    }
}

using System.Buffers;
using System.IO.Compression;

namespace LLMscope.Service.Otlp;

/// <summary>The bytes of one request as a whole, in borrowed memory that goes back when this is disposed.</summary>
internal sealed class OtlpBody : IDisposable
{
    private const int FirstBuffer = 16 * 1024;
    private const int LargestFirstBuffer = 1024 * 1024;

    private readonly OtlpMemory _memory;
    private byte[] _buffer = [];
    private int _charged;

    private OtlpBody(OtlpMemory memory) => _memory = memory;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, Length);

    /// <param name="length">What the sender says of its length, if anything.</param>
    /// <param name="largest">Bytes that are allowed.</param>
    /// <returns>The body, or why there is none.</returns>
    public static Task<(OtlpBody? Body, OtlpAnswer? Fault)> ReadAsync(Stream source, long? length, int largest, OtlpMemory memory, CancellationToken cancellation) =>
        length > largest
            ? Task.FromResult<(OtlpBody?, OtlpAnswer?)>((null, OtlpAnswer.TooLarge(largest)))
            : new OtlpBody(memory).FillAsync(source, length ?? 0, largest, cancellation);

    /// <summary>What is packed in this body.</summary>
    /// <param name="largest">Bytes that are allowed.</param>
    public async Task<(OtlpBody? Body, OtlpAnswer? Fault)> UnpackAsync(int largest, CancellationToken cancellation)
    {
        await using var packed = new MemoryStream(_buffer, 0, Length, writable: false);
        await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        try
        {
            return await new OtlpBody(_memory).FillAsync(unpacked, 0, largest, cancellation);
        }
        catch (InvalidDataException)
        {
            return (null, OtlpAnswer.Malformed("The body is not valid gzip."));
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);

        _memory.GiveBack(_charged);
        (_buffer, _charged, Length) = ([], 0, 0);
    }

    private async Task<(OtlpBody? Body, OtlpAnswer? Fault)> FillAsync(Stream source, long expected, int largest, CancellationToken cancellation)
    {
        // Whatever is thrown on the way, the memory goes back.
        OtlpAnswer? fault = OtlpAnswer.Full();
        try
        {
            fault = await ReadToEndAsync(source, expected, largest, cancellation);
            return fault is null ? (this, null) : (null, fault);
        }
        finally
        {
            if (fault is not null)
                Dispose();
        }
    }

    private async Task<OtlpAnswer?> ReadToEndAsync(Stream source, long expected, int largest, CancellationToken cancellation)
    {
        // What a sender says of the length is believed up to a point: it is read before it is there.
        var wanted = (int)Math.Clamp(expected + 1, FirstBuffer, LargestFirstBuffer);
        while (true)
        {
            if (Length == _buffer.Length && !TryGrow(Math.Max(wanted, (int)Math.Min(2L * Length, largest + 1L))))
                return OtlpAnswer.Full();

            var read = await source.ReadAsync(_buffer.AsMemory(Length), cancellation);
            if (read == 0)
                return null;

            Length += read;
            if (Length > largest)
                return OtlpAnswer.TooLarge(largest);
        }
    }

    private bool TryGrow(int size)
    {
        var grown = ArrayPool<byte>.Shared.Rent(size);
        if (!_memory.TryTake(grown.Length - _charged))
        {
            ArrayPool<byte>.Shared.Return(grown);
            return false;
        }

        _buffer.AsSpan(0, Length).CopyTo(grown);
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);

        (_buffer, _charged) = (grown, grown.Length);
        return true;
    }
}

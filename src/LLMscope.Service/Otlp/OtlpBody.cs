using System.Buffers;
using System.IO.Compression;

namespace LLMscope.Service.Otlp;

/// <summary>The bytes of one request, unpacked and whole, in borrowed memory that goes back when this is disposed.</summary>
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
    /// <param name="largest">Bytes that are allowed, also when they are unpacked.</param>
    /// <returns>The body, or why there is none.</returns>
    public static async Task<(OtlpBody? Body, OtlpAnswer? Fault)> ReadAsync(
        Stream source, bool isGzip, long? length, int largest, OtlpMemory memory, CancellationToken cancellation)
    {
        var body = new OtlpBody(memory);
        var fault = OtlpAnswer.TooLarge(largest);
        try
        {
            if (length <= largest || length is null)
                fault = isGzip ? await body.UnpackAsync(source, largest, cancellation) : await body.FillAsync(source, length ?? 0, largest, cancellation);
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            // Said by the server, which counts the bytes as they come.
        }
        catch (InvalidDataException)
        {
            fault = OtlpAnswer.Malformed("The body is not valid gzip.");
        }
        finally
        {
            if (fault is not null)
                body.Dispose();
        }

        return fault is null ? (body, null) : (null, fault);
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);

        _memory.GiveBack(_charged);
        (_buffer, _charged, Length) = ([], 0, 0);
    }

    private async Task<OtlpAnswer?> UnpackAsync(Stream source, int largest, CancellationToken cancellation)
    {
        await using var unpacked = new GZipStream(source, CompressionMode.Decompress, leaveOpen: true);
        return await FillAsync(unpacked, 0, largest, cancellation);
    }

    private async Task<OtlpAnswer?> FillAsync(Stream source, long expected, int largest, CancellationToken cancellation)
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

namespace LLMscope.Service.Scraping.Exposition;

/// <summary>A page of metrics as it arrives: cut into lines and never held as a whole.</summary>
internal static class ExpositionStream
{
    /// <summary>The longest line, in bytes.</summary>
    public const int LongestLine = 64 * 1024;

    private const int FirstBuffer = 16 * 1024;

    /// <summary>Reads to the end.</summary>
    /// <param name="largestBody">Bytes that may come, after decompression.</param>
    /// <returns>The bytes that came; null where there were more than may.</returns>
    /// <exception cref="ExpositionException">The page is malformed.</exception>
    public static async Task<long?> ReadAsync(Stream body, ExpositionParser parser, long largestBody, CancellationToken cancellation)
    {
        var buffer = new byte[FirstBuffer];
        var filled = 0;
        var total = 0L;
        while (true)
        {
            if (filled == buffer.Length)
            {
                if (filled >= LongestLine)
                    throw new ExpositionException(parser.Lines + 1, $"is longer than {LongestLine} bytes");
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = await body.ReadAsync(buffer.AsMemory(filled), cancellation);
            if (read == 0)
                break;
            if ((total += read) > largestBody)
                return null;

            filled = ReadLines(buffer, filled + read, parser);
        }

        parser.End(buffer.AsSpan(0, filled));
        return total;
    }

    /// <summary>Reads the complete lines and moves what is left to the beginning.</summary>
    private static int ReadLines(byte[] buffer, int filled, ExpositionParser parser)
    {
        var rest = buffer.AsSpan(0, filled);
        while (rest.IndexOf((byte)'\n') is var end and >= 0)
        {
            parser.Read(rest[..end]);
            rest = rest[(end + 1)..];
        }

        rest.CopyTo(buffer);
        return rest.Length;
    }
}

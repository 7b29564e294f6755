using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace LLMscope.Service.Samples;

/// <summary>Reads one item, which the reader stands on, to its end.</summary>
internal delegate void ReadItem(ref Utf8JsonReader reader, int index);

/// <summary>Is told how many items of a body were read so far, and may pass them on.</summary>
/// <returns>Null, or why nothing more is to be read.</returns>
internal delegate ValueTask<BodyFault?> ItemsRead(int read);

/// <summary>
/// The items of a request body in whatever form they come: one object, an envelope with an array of them, or one a line (NDJSON, CSV).
/// Lines are read as they arrive, any number of them; the other forms are read whole, within the body limit.
/// </summary>
internal static class RequestItems
{
    public const string Ndjson = "application/x-ndjson";
    public const string Csv = "text/csv";

    /// <summary>The longest line, in bytes: far more than any item with all its fields has.</summary>
    private const int LongestLine = 256 * 1024;

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <param name="envelope">The field that holds the array, for example <c>samples</c>.</param>
    /// <param name="itemsRead">Is asked now and then while lines are read.</param>
    /// <returns>
    /// Null, or what is wrong with the body as a whole. What was looked at is consumed even then: the server reads the rest of a refused body away
    /// before it answers, and a client that is still writing gets the answer and not a connection that was reset.
    /// </returns>
    /// <exception cref="BadHttpRequestException">The body is larger than is allowed, or broke off.</exception>
    public static async Task<BodyFault?> ReadAsync(
        HttpRequest request, string envelope, IntakeOptions limits, ItemErrors errors, ReadItem readItem, ItemsRead itemsRead, CancellationToken cancellation) =>
        IsNdjson(request) ? await ReadLinesAsync(request.BodyReader, errors, readItem, itemsRead, cancellation)
        : IsCsv(request) ? await CsvItems.ReadAsync(request.Body, envelope, errors, readItem, itemsRead, cancellation)
        : await ReadDocumentAsync(request.BodyReader, envelope, limits, errors, readItem, cancellation);

    public static bool IsUnderstood(HttpRequest request) => request.HasJsonContentType() || IsInLines(request);

    /// <summary>Whether the body is read as it arrives, however long it is.</summary>
    public static bool IsInLines(HttpRequest request) => IsNdjson(request) || IsCsv(request);

    private static bool IsCsv(HttpRequest request) => request.ContentType?.StartsWith(Csv, StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsNdjson(HttpRequest request) =>
        request.ContentType is { } type && (type.StartsWith(Ndjson, StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("application/ndjson", StringComparison.OrdinalIgnoreCase) || type.StartsWith("application/jsonl", StringComparison.OrdinalIgnoreCase));

    private static async Task<BodyFault?> ReadLinesAsync(
        PipeReader body, ItemErrors errors, ReadItem readItem, ItemsRead itemsRead, CancellationToken cancellation)
    {
        var index = 0;
        while (true)
        {
            var read = await body.ReadAsync(cancellation);
            var rest = read.Buffer.Slice(ReadLines(read.Buffer, ref index, errors, readItem));
            if (rest.Length > LongestLine)
            {
                body.AdvanceTo(rest.End);
                return new BodyFault($"Line {index + 1} is longer than {LongestLine} bytes.", IsTooLarge: true);
            }

            if (read.IsCompleted)
            {
                ReadLine(rest.IsSingleSegment ? rest.FirstSpan : rest.ToArray(), ref index, errors, readItem);
                body.AdvanceTo(rest.End);
                return index == 0 ? BodyFault.Empty : await itemsRead(index);
            }

            body.AdvanceTo(rest.Start, rest.End);
            if (await itemsRead(index) is { } stop)
                return stop;
        }
    }

    /// <returns>Where the line begins that has no end yet.</returns>
    private static SequencePosition ReadLines(ReadOnlySequence<byte> text, ref int index, ItemErrors errors, ReadItem readItem)
    {
        var lines = new SequenceReader<byte>(text);
        while (lines.TryReadTo(out ReadOnlySpan<byte> line, (byte)'\n'))
            ReadLine(line, ref index, errors, readItem);
        return lines.Position;
    }

    private static void ReadLine(ReadOnlySpan<byte> line, ref int index, ItemErrors errors, ReadItem readItem)
    {
        if (!line.ContainsAnyExcept(Blanks))
            return;

        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            Read(ref reader, index, errors, readItem);
            reader.Read(); // Of a line that is no object, too, its end is looked for.
        }
        catch (JsonException fault)
        {
            errors.AddInstead(index, $"is not valid JSON: {WithoutPosition(fault)}");
        }

        index++;
    }

    private static async Task<BodyFault?> ReadDocumentAsync(
        PipeReader body, string envelope, IntakeOptions limits, ItemErrors errors, ReadItem readItem, CancellationToken cancellation)
    {
        var read = await body.ReadAsync(cancellation);
        while (!read.IsCompleted)
        {
            if (read.Buffer.Length > limits.LargestBody)
            {
                body.AdvanceTo(read.Buffer.End);
                return BodyFault.TooLong(limits.LargestBody);
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await body.ReadAsync(cancellation);
        }

        try
        {
            return read.Buffer.Length > limits.LargestBody ? BodyFault.TooLong(limits.LargestBody)
                : IsBlank(read.Buffer) ? BodyFault.Empty
                : ReadDocument(read.Buffer, envelope, limits.MostItems, errors, readItem);
        }
        catch (JsonException fault)
        {
            return new BodyFault($"The body is not valid JSON: {WithoutPosition(fault)} (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}).");
        }
        catch (InvalidOperationException fault) when (IsOfText(fault))
        {
            return new BodyFault("The body has a name that is not valid Unicode.");
        }
        finally
        {
            body.AdvanceTo(read.Buffer.End);
        }
    }

    private static BodyFault? ReadDocument(ReadOnlySequence<byte> document, string envelope, int most, ItemErrors errors, ReadItem readItem)
    {
        var reader = new Utf8JsonReader(document);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject && !IsEnvelope(reader, envelope))
        {
            Read(ref reader, 0, errors, readItem);
            reader.Read();
            return null;
        }

        if (reader.TokenType == JsonTokenType.StartObject)
        {
            reader.Read();
            reader.Read();
        }

        if (reader.TokenType != JsonTokenType.StartArray)
            return new BodyFault($"The body must be one object, an array, or an object with the array '{envelope}'.");

        var index = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (index == most)
                return BodyFault.TooMany(most);
            Read(ref reader, index++, errors, readItem);
        }

        return index == 0 ? BodyFault.Empty : ReadEnd(ref reader, envelope);
    }

    /// <summary>Reads the item that the reader stands on; text that is not valid Unicode is a fault of the item.</summary>
    internal static void Read(ref Utf8JsonReader reader, int index, ItemErrors errors, ReadItem readItem)
    {
        var item = reader;
        try
        {
            readItem(ref reader, index);
        }
        catch (InvalidOperationException fault) when (IsOfText(fault))
        {
            errors.Add(index, "", "has text that is not valid Unicode");
            reader = item;
            reader.Skip();
        }
    }

    // Half of a surrogate pair or bytes that are no UTF-8 are valid to the reader until they are read as text; it marks that fault so.
    private static bool IsOfText(InvalidOperationException fault) => fault.Source == "System.Text.Json.Rethrowable";

    private static BodyFault? ReadEnd(ref Utf8JsonReader reader, string envelope)
    {
        // What follows the array in the envelope is a mistake that silence would hide.
        if (reader.CurrentDepth > 0 && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            return new BodyFault($"'{reader.GetString()}' is not known beside '{envelope}'.");

        while (reader.Read())
        {
        }

        return null;
    }

    private static bool IsEnvelope(Utf8JsonReader reader, string envelope) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(envelope);

    private static bool IsBlank(ReadOnlySequence<byte> text)
    {
        foreach (var part in text)
        {
            if (part.Span.ContainsAnyExcept(Blanks))
                return false;
        }

        return true;
    }

    private static string WithoutPosition(JsonException fault) => fault.Message.Split(" LineNumber:")[0];
}

/// <summary>What is wrong with a body as a whole.</summary>
internal sealed record BodyFault(string Message, bool IsTooLarge = false)
{
    /// <summary>The items that were read are wrong, and what they are is already known.</summary>
    public static BodyFault OfItems { get; } = new("");

    public static BodyFault Empty { get; } = new("The request has no items.");

    public static BodyFault TooMany(int most) => new($"A request may have {most} items at most; send them in several, or as NDJSON or CSV.", IsTooLarge: true);

    public static BodyFault TooLong(long bytes) => new($"The body may have {bytes} bytes at most; send the items in several requests, or as NDJSON or CSV.", IsTooLarge: true);
}

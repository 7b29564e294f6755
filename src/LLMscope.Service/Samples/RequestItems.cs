using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace LLMscope.Service.Samples;

/// <summary>Reads one item, which the reader stands on, to its end.</summary>
internal delegate void ReadItem(ref Utf8JsonReader reader, int index);

/// <summary>
/// The items of a request body in whatever form they come: one object, an envelope with an array of them, or one a line (NDJSON).
/// Lines are read as they arrive; the other forms are read whole, within the body limit.
/// </summary>
internal static class RequestItems
{
    public const string Ndjson = "application/x-ndjson";

    /// <param name="envelope">The field that holds the array, for example <c>samples</c>.</param>
    /// <returns>Null, or what is wrong with the body as a whole.</returns>
    /// <exception cref="BadHttpRequestException">The body is larger than is allowed, or broke off.</exception>
    public static async Task<BodyFault?> ReadAsync(
        HttpRequest request, string envelope, int most, ItemErrors errors, ReadItem readItem, CancellationToken cancellation) =>
        IsNdjson(request)
            ? await ReadLinesAsync(request.BodyReader, most, errors, readItem, cancellation)
            : await ReadDocumentAsync(request.BodyReader, envelope, most, errors, readItem, cancellation);

    public static bool IsUnderstood(HttpRequest request) => request.HasJsonContentType() || IsNdjson(request);

    private static bool IsNdjson(HttpRequest request) =>
        request.ContentType is { } type && (type.StartsWith(Ndjson, StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("application/ndjson", StringComparison.OrdinalIgnoreCase) || type.StartsWith("application/jsonl", StringComparison.OrdinalIgnoreCase));

    private static async Task<BodyFault?> ReadLinesAsync(
        PipeReader body, int most, ItemErrors errors, ReadItem readItem, CancellationToken cancellation)
    {
        var index = 0;
        while (true)
        {
            var read = await body.ReadAsync(cancellation);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                ReadLine(rest.Slice(0, end), ref index, errors, readItem);
                rest = rest.Slice(rest.GetPosition(1, end));
                if (index > most)
                    return BodyFault.TooMany(most);
            }

            if (read.IsCompleted)
            {
                ReadLine(rest, ref index, errors, readItem);
                body.AdvanceTo(rest.End);
                return index > most ? BodyFault.TooMany(most) : index == 0 ? BodyFault.Empty : null;
            }

            body.AdvanceTo(rest.Start, rest.End);
        }
    }

    private static void ReadLine(ReadOnlySequence<byte> line, ref int index, ItemErrors errors, ReadItem readItem)
    {
        if (IsBlank(line))
            return;

        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();

            // To its end before anything of it is taken: a line that goes wrong after its object gives nothing.
            var whole = reader;
            whole.Skip();
            whole.Read();
            Read(ref reader, index, errors, readItem);
        }
        catch (JsonException fault)
        {
            errors.Add(index, "", $"is not valid JSON: {WithoutPosition(fault)}");
        }

        index++;
    }

    private static async Task<BodyFault?> ReadDocumentAsync(
        PipeReader body, string envelope, int most, ItemErrors errors, ReadItem readItem, CancellationToken cancellation)
    {
        var read = await body.ReadAsync(cancellation);
        while (!read.IsCompleted)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await body.ReadAsync(cancellation);
        }

        try
        {
            return IsBlank(read.Buffer) ? BodyFault.Empty : ReadDocument(read.Buffer, envelope, most, errors, readItem);
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

    private static void Read(ref Utf8JsonReader reader, int index, ItemErrors errors, ReadItem readItem)
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
            if (part.Span.ContainsAnyExcept(" \t\r\n"u8))
                return false;
        }

        return true;
    }

    private static string WithoutPosition(JsonException fault) => fault.Message.Split(" LineNumber:")[0];
}

/// <summary>What is wrong with a body as a whole.</summary>
internal sealed record BodyFault(string Message, bool IsTooLarge = false)
{
    public static BodyFault Empty { get; } = new("The request has no items.");

    public static BodyFault TooMany(int most) => new($"A request may have {most} items at most; send them in several.", IsTooLarge: true);
}

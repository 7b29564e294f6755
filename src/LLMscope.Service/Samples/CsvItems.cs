using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;

namespace LLMscope.Service.Samples;

/// <summary>
/// The rows of a CSV body (RFC 4180; comma, semicolon or tab) as items. The header names the fields, in any order; an empty cell leaves its field out.
/// Each row becomes the object that JSON would bring, so that both are checked alike.
/// </summary>
internal static class CsvItems
{
    // In bytes: far more than any row with all its fields has.
    private const int LongestRow = 64 * 1024;

    // Between two questions whether to go on.
    private const int RowsPerTurn = 1_000;

    private static readonly CsvReaderOptions Format = new()
    {
        Separator = null, // As the header has it.
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = LongestRow,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        IncludeValuesInExceptions = false,
    };

    // It is read again at once and never shown, so that nothing in it needs to be harmless.
    private static readonly JsonWriterOptions Inward = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly HashSet<string> Numbers =
        ["value", "durationMs", "ttftMs", "inputTokens", "outputTokens", "cachedTokens", "httpStatus", "attempt", "costUsd"];

    private static readonly HashSet<string> Flags = ["cacheHit", "coldStart", "streaming"];

    /// <param name="collection">What the rows are: samples or calls.</param>
    /// <returns>Null, or what is wrong with the body as a whole.</returns>
    public static async Task<BodyFault?> ReadAsync(
        Stream body, string collection, ItemErrors errors, ReadItem readItem, ItemsRead itemsRead, CancellationToken cancellation)
    {
        await using var rows = CsvReader.Create(body, Format, leaveOpen: true);
        try
        {
            await rows.ReadHeaderAsync(cancellation);
            var columns = rows.Headers.Select(name => new Column(name)).ToArray();
            if (FaultOf(columns, collection) is { } fault)
                return fault;

            var json = new ArrayBufferWriter<byte>();
            await using var writer = new Utf8JsonWriter(json, Inward);
            var read = 0;
            while (await rows.ReadAsync(cancellation))
            {
                Read(rows, columns, read++, json, writer, errors, readItem);
                if (read % RowsPerTurn == 0 && await itemsRead(read) is { } stop)
                    return stop;
            }

            return read == 0 ? BodyFault.Empty : await itemsRead(read);
        }
        catch (CsvFormatException fault)
        {
            return new BodyFault($"Line {fault.LineNumber} is not valid CSV: {fault.Message}");
        }
    }

    private static BodyFault? FaultOf(Column[] columns, string collection)
    {
        var known = collection == "calls" ? CallFields.Known : SampleParser.Fields.Split(", ");
        var allowed = $"the first line names the columns, which are any of {string.Join(", ", known)}";
        return columns is [] ? BodyFault.Empty
            : Array.Find(columns, column => !known.Contains(column.Name)) is { } unknown ? new BodyFault($"The column '{unknown.Name}' is not known: {allowed}.")
            : columns.DistinctBy(column => column.Name).Count() < columns.Length ? new BodyFault($"A column is named twice: {allowed}.")
            : null;
    }

    private static void Read(CsvReader row, Column[] columns, int index, ArrayBufferWriter<byte> json, Utf8JsonWriter writer, ItemErrors errors, ReadItem readItem)
    {
        if (row.FieldCount > columns.Length)
        {
            errors.Add(index, "", $"has {row.FieldCount} cells where the header has {columns.Length}");
            return;
        }

        json.ResetWrittenCount();
        writer.Reset();
        writer.WriteStartObject();
        for (var i = 0; i < row.FieldCount; i++)
        {
            if (row.GetSpan(i) is not { IsEmpty: false } cell || columns[i].TryWrite(writer, cell))
                continue;

            errors.Add(index, columns[i].Name, "has text that is not valid Unicode");
            return;
        }

        writer.WriteEndObject();
        writer.Flush();
        var reader = new Utf8JsonReader(json.WrittenSpan);
        reader.Read();
        RequestItems.Read(ref reader, index, errors, readItem);
    }

    private sealed class Column(string name)
    {
        private readonly JsonEncodedText _name = JsonEncodedText.Encode(name);
        private readonly bool _isNumber = Numbers.Contains(name);
        private readonly bool _isFlag = Flags.Contains(name);

        public string Name => name;

        /// <summary>Writes the cell as what it is; a word where a number should be is left for the check of the field to refuse.</summary>
        public bool TryWrite(Utf8JsonWriter writer, ReadOnlySpan<byte> cell)
        {
            if (_isNumber && Utf8Parser.TryParse(cell, out double number, out var length) && length == cell.Length && double.IsFinite(number))
                writer.WriteNumber(_name, number);
            else if (_isFlag && Utf8Parser.TryParse(cell, out bool flag, out var all) && all == cell.Length)
                writer.WriteBoolean(_name, flag);
            else if (System.Text.Unicode.Utf8.IsValid(cell))
                writer.WriteString(_name, cell);
            else
                return false;

            return true;
        }
    }
}

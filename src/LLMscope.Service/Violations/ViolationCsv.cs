using System.Globalization;
using CsvHelper;
using LLMscope.Monitoring;
using LLMscope.Monitoring.Charts;
using LLMscope.Spc.Rules;

namespace LLMscope.Service.Violations;

/// <summary>
/// All matching violations as CSV (RFC 4180), streamed as they are read. Times are UTC in ISO 8601, numbers are invariant, and text
/// that a spreadsheet would take for a formula is made harmless.
/// </summary>
internal static class ViolationCsv
{
    // Only text is escaped: a minus sign before a number is no formula.
    private static readonly CsvWriterOptions Format = new()
    {
        Injection = CsvInjection.Escape,
        FormatProvider = CultureInfo.InvariantCulture,
        TrueValue = "true",
        FalseValue = "false",
    };

    private static readonly string[] Header =
    [
        "id", "state", "severity", "direction", "rules", "first_rules", "site", "provider", "model", "served_model", "operation", "application", "host", "device",
        "demo", "characteristic", "unit", "chart_id", "opened_at", "last_signal_at", "resolved_at", "resolved_by", "acknowledged_at", "acknowledged_by", "cause",
        "value", "extreme", "centre", "lower_control_limit", "upper_control_limit", "signal_points", "opened_number", "last_signal_number", "baseline_id",
        "began_number", "began_at", "shift", "shift_percent", "once_in_points", "told",
    ];

    public static IResult ExportAsync([AsParameters] ViolationQuery query, ViolationBook book, ChartBoard board, TimeProvider clock, HttpResponse response)
    {
        if (query.Read(out var filter) is { } faults)
            return TypedResults.ValidationProblem(faults);

        response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(
            body => WriteAsync(body, book.ListAsync(filter, null, response.HttpContext.RequestAborted), new ViolationRarity(board), response.HttpContext.RequestAborted),
            "text/csv; charset=utf-8", $"llmscope-violations-{clock.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}.csv");
    }

    public static async Task WriteAsync(Stream body, IAsyncEnumerable<RecordedViolation> violations, ViolationRarity rarity, CancellationToken cancellation)
    {
        await using var csv = CsvWriter.Create(body, Format, leaveOpen: true);
        await csv.WriteRecordAsync(Header, cancellation);
        await foreach (var recorded in violations.WithCancellation(cancellation))
        {
            Write(csv, recorded, rarity);
            await csv.EndRecordAsync(cancellation);
        }
    }

    private static void Write(CsvWriter csv, RecordedViolation recorded, ViolationRarity rarity)
    {
        var (violation, series) = (recorded.Violation, recorded.Series);
        var source = series.Source;
        csv.WriteField(violation.Id);
        csv.WriteField(Word(violation.State));
        csv.WriteField(Word(violation.Severity));
        csv.WriteField(Word(violation.Direction));
        csv.WriteField(Names(violation.Rules));
        csv.WriteField(Names(violation.FirstRules));
        foreach (var part in new[] { source.Site, source.Provider, source.Model, source.ServedModel, source.Operation, source.Application, source.Host, source.Device })
            csv.WriteField(part);

        csv.WriteField(source.Demo);
        csv.WriteField(series.Characteristic.Name);
        csv.WriteField(recorded.Unit.Symbol);
        csv.WriteField(violation.ChartId);
        csv.WriteField(Time(violation.OpenedAt));
        csv.WriteField(Time(violation.LastSignalAt));
        csv.WriteField(Time(violation.ResolvedAt));
        csv.WriteField(violation.ResolvedBy);
        csv.WriteField(Time(violation.AcknowledgedAt));
        csv.WriteField(violation.AcknowledgedBy);
        csv.WriteField(violation.Cause);
        foreach (var number in new[] { violation.Value, violation.Extreme, violation.Centre, violation.Lower, violation.Upper })
            csv.WriteField(number, "R");

        csv.WriteField(violation.SignalPoints);
        csv.WriteField(violation.OpenedNumber);
        csv.WriteField(violation.LastSignalNumber);
        csv.WriteField(violation.BaselineId);
        csv.WriteField(violation.BeganNumber);
        csv.WriteField(Time(violation.BeganAt));
        foreach (var number in new[] { violation.Shift, 100 * violation.ShiftShare, rarity.Of(violation) })
            csv.WriteField(number, "R");

        csv.WriteField(violation.Told);
    }

    private static string Names(RuleSet rules) => string.Join(' ', rules.Each().Select(RuleText.Name));

    private static string Time(DateTime? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture) ?? "";

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();
}

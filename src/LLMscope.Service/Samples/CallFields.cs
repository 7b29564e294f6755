using System.Text.Json;

namespace LLMscope.Service.Samples;

/// <summary>The fields of one call, read by name and type. What is wrong is said once and read as absent.</summary>
internal sealed class CallFields
{
    public static readonly string[] Known =
    [
        "id", "time", "provider", "model", "servedModel", "operation", "application", "site", "durationMs", "ttftMs", "inputTokens", "outputTokens",
        "cachedTokens", "status", "errorCategory", "httpStatus", "attempt", "cacheHit", "coldStart", "streaming", "traceId", "promptHmac", "promptVersion", "costUsd", "finishReason",
    ];

    private readonly JsonElement _call;
    private readonly Action<string, string> _fault;

    public CallFields(JsonElement call, Action<string, string> fault)
    {
        (_call, _fault) = (call, fault);
        IsObject = call.ValueKind == JsonValueKind.Object;
        if (!IsObject)
        {
            fault("", $"must be an object with the fields {string.Join(", ", Known)}");
            return;
        }

        foreach (var field in call.EnumerateObject().Where(field => !Known.Contains(field.Name, StringComparer.Ordinal)))
            fault(field.Name, $"is not a field of a call; the fields are {string.Join(", ", Known)}");
    }

    public bool IsObject { get; }

    public string? Text(string name, int longest)
    {
        if (!TryGet(name, out var value))
            return null;

        if (value.ValueKind != JsonValueKind.String)
            return Fault<string>(name, "must be a string");

        var text = value.GetString()!;
        return text.Length > longest ? Fault<string>(name, $"must not be longer than {longest} characters")
            : text.Any(char.IsControl) ? Fault<string>(name, "must not contain control characters")
            : text;
    }

    public DateTime? Time(string name, DateTime now, DateTime oldest, TimeSpan tolerance)
    {
        if (!TryGet(name, out var value))
            return null;

        if (value.ValueKind != JsonValueKind.String || !EventTime.NamesItsOffset(System.Text.Encoding.UTF8.GetBytes(value.GetString()!)) || !value.TryGetDateTimeOffset(out var at))
            return Fault<DateTime?>(name, "must be an RFC 3339 time with its offset, for example 2026-11-21T08:00:00.123Z");

        return EventTime.Check(at, now, oldest, tolerance, out var time) is { } wrong ? Fault<DateTime?>(name, wrong) : time;
    }

    /// <summary>A duration in seconds.</summary>
    public double? Milliseconds(string name) => Number(name) / 1_000;

    public double? Number(string name)
    {
        if (!TryGet(name, out var value))
            return null;

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number is >= 0 and <= SampleRules.LargestValue
            ? number
            : Fault<double?>(name, "must be a finite number that is not negative");
    }

    public int? Whole(string name, int least, int most)
    {
        if (!TryGet(name, out var value))
            return null;

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : Fault<int?>(name, $"must be a whole number from {least} to {most}");
    }

    public bool? Flag(string name)
    {
        if (!TryGet(name, out var value))
            return null;

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : Fault<bool?>(name, "must be true or false");
    }

    public T? OneOf<T>(string name)
        where T : struct, Enum
    {
        if (!TryGet(name, out var value))
            return null;

        if (value.ValueKind == JsonValueKind.String)
        {
            foreach (var option in Enum.GetValues<T>())
            {
                if (value.ValueEquals(JsonNamingPolicy.CamelCase.ConvertName(option.ToString())))
                    return option;
            }
        }

        return Fault<T?>(name, $"must be one of {string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName))}");
    }

    private bool TryGet(string name, out JsonElement value) =>
        _call.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private T? Fault<T>(string name, string message)
    {
        _fault(name, message);
        return default;
    }
}

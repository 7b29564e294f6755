using System.Globalization;
using System.Text;
using System.Text.Json;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.GenAi;

/// <summary>Reads values by the names that a field goes by. What has the wrong type or no value is passed over for the next name.</summary>
internal readonly struct AttributeReader(OtlpAttributes attributes)
{
    // JSON in an attribute is read up to here; invocation parameters and usage are short, and prompts are not for us.
    private const int LongestJson = 16 * 1024;

    /// <summary>As <see cref="CleanText"/> leaves it; null where there is none, or nothing in it.</summary>
    public string? Text(AcceptedNames names)
    {
        foreach (var place in names.Places)
        {
            if (TextOf(Find(place)) is { } text)
                return text;
        }

        return null;
    }

    /// <summary>Every one that is present, in order.</summary>
    public IEnumerable<string> Texts(AcceptedNames names)
    {
        foreach (var place in names.Places)
        {
            if (TextOf(Find(place)) is { } text)
                yield return text;
        }
    }

    /// <summary>A finite number that is not negative, also written as text.</summary>
    public double? Number(AcceptedNames names)
    {
        foreach (var place in names.Places)
        {
            var value = Find(place);
            var number = value.Text is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : value.Number;
            if (number is >= 0 and <= double.MaxValue)
                return number;
        }

        return null;
    }

    /// <summary>A whole number that is not negative.</summary>
    public int? Whole(AcceptedNames names) => Number(names) is { } number && number <= int.MaxValue && Math.Floor(number) == number ? (int)number : null;

    public bool? Flag(AcceptedNames names)
    {
        foreach (var place in names.Places)
        {
            var value = Find(place);
            if (value.Kind is OtlpValueKind.Flag or OtlpValueKind.Whole)
                return value.Whole != 0;
            if (bool.TryParse(value.Text, out var flag))
                return flag;
        }

        return null;
    }

    /// <summary>A time in RFC 3339, which some write as JSON with its quotes.</summary>
    public DateTimeOffset? Time(AcceptedNames names)
    {
        foreach (var place in names.Places)
        {
            if (Find(place).Text is { } text
                && DateTimeOffset.TryParse(text.Trim('"'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            {
                return time;
            }
        }

        return null;
    }

    public bool Has(string name) => attributes.Find(name).Kind != OtlpValueKind.None;

    private static string? TextOf(OtlpValue value)
    {
        var text = value.Kind switch
        {
            OtlpValueKind.Text => FirstOfJson(value.Text!) ?? value.Text,
            OtlpValueKind.Whole => value.Whole.ToString(CultureInfo.InvariantCulture),
            OtlpValueKind.Number => value.Number.ToString(CultureInfo.InvariantCulture),
            OtlpValueKind.Items => value.Items.Count > 0 ? value.Items[0].Text : null,
            _ => null,
        };
        return CleanText.Of(text) is { Length: > 0 } clean ? clean : null;
    }

    // LiteLLM writes arrays as JSON: ["stop"].
    private static string? FirstOfJson(string text)
    {
        if (text is not { Length: > 2 and <= LongestJson } || !text.StartsWith("[\"", StringComparison.Ordinal))
            return null;

        try
        {
            return JsonSerializer.Deserialize<string[]>(text)?[0];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private OtlpValue Find((string Attribute, string? InJson) place)
    {
        var value = attributes.Find(place.Attribute);
        return place.InJson is null ? value : FindInJson(value.Text, place.InJson);
    }

    /// <summary>A field of the outermost object. What comes before the place where a long text was cut is found.</summary>
    private static OtlpValue FindInJson(string? json, string field)
    {
        if (json is not { Length: > 1 and <= LongestJson } || json[0] != '{')
            return default;

        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), isFinalBlock: false, state: default);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals(field))
                    return reader.Read() ? ValueOf(ref reader) : default;
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return default; // not JSON after all, or text that is no Unicode
        }

        return default;
    }

    private static OtlpValue ValueOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => OtlpValue.Of(reader.GetString()!),
        JsonTokenType.Number => reader.TryGetDouble(out var number) ? OtlpValue.Of(number) : default,
        JsonTokenType.True => OtlpValue.Of(true),
        JsonTokenType.False => OtlpValue.Of(false),
        _ => default,
    };
}

using System.Globalization;
using System.Text.Json;

namespace LLMscope.Service.Otlp;

/// <summary>
/// Reads OTLP/JSON from its beginning to its end. The caller walks through objects and lists and takes each value as the type that it
/// expects, or skips it; null is as good as left out. A value of another type is a fault that names its place.
/// A copy of the reader reads ahead.
/// </summary>
internal ref struct JsonReading
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = OtlpBounds.JsonDepth };

    private readonly ReadOnlySpan<byte> _text;
    private Utf8JsonReader _reader;

    public JsonReading(ReadOnlySpan<byte> text)
    {
        _text = text;
        _reader = new Utf8JsonReader(text, Options);
        _reader.Read();
    }

    /// <summary>Goes into an object; false where there is null instead.</summary>
    public bool TryEnterObject() => !IsNull() && (_reader.TokenType == JsonTokenType.StartObject ? true : throw Fault("must be an object"));

    /// <summary>Goes into an object where null would be wrong.</summary>
    public void EnterObject()
    {
        if (!TryEnterObject())
            throw Fault("must be an object");
    }

    /// <summary>Goes into a list; false where there is null instead.</summary>
    public bool TryEnterList() => !IsNull() && (_reader.TokenType == JsonTokenType.StartArray ? true : throw Fault("must be a list"));

    /// <summary>Goes to the next field of the object that was entered; false at its end.</summary>
    public bool NextField() => _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Goes to the next element of the list that was entered; false at its end.</summary>
    public bool NextItem() => _reader.Read() && _reader.TokenType != JsonTokenType.EndArray;

    /// <summary>Whether the field has this name.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name) => _reader.ValueTextEquals(name);

    public bool IsNull()
    {
        ToValue();
        return _reader.TokenType == JsonTokenType.Null;
    }

    public void Skip()
    {
        ToValue();
        _reader.Skip();
    }

    /// <summary>Makes sure that nothing follows.</summary>
    public void End() => _reader.Read();

    /// <summary>A text without its escapes; U+FFFD where it is not valid Unicode.</summary>
    public ReadOnlySpan<byte> Utf8()
    {
        if (IsNull())
            return default;
        if (_reader.TokenType != JsonTokenType.String)
            throw Fault("must be a string");
        if (!_reader.ValueIsEscaped)
            return _reader.ValueSpan;

        var text = new byte[_reader.ValueSpan.Length];
        try
        {
            return text.AsSpan(0, _reader.CopyString(text));
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which programs that cut UTF-16 send.
            return "\uFFFD"u8;
        }
    }

    public string Text() => OtlpText.Of(Utf8());

    /// <summary>In lower-case hexadecimal digits.</summary>
    public string Id()
    {
        var digits = Utf8();
        Span<byte> bytes = stackalloc byte[OtlpBounds.Id];
        if (digits.Length > 2 * OtlpBounds.Id || Convert.FromHexString(digits, bytes, out _, out var length) != System.Buffers.OperationStatus.Done)
            throw Fault("must be an identifier in hexadecimal digits");

        return Convert.ToHexStringLower(bytes[..length]);
    }

    public bool Flag() => !IsNull() && _reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Fault("must be true or false"),
    };

    /// <summary>The number of an enumeration, which OTLP does not send by name.</summary>
    public int Choice()
    {
        if (IsNull())
            return 0;

        return _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out var number) ? number : throw Fault("must be the whole number of an enumeration");
    }

    public ulong Unsigned()
    {
        if (IsNull())
            return 0;

        var isNumber = _reader.TokenType == JsonTokenType.Number
            ? _reader.TryGetUInt64(out var number) || IsWhole(ulong.MinValue, ulong.MaxValue, out number)
            : ulong.TryParse(NumberText(), NumberStyles.None, CultureInfo.InvariantCulture, out number);
        return isNumber ? number : throw Fault("must be a whole number of 64 bits without a sign, as a string or a number");
    }

    public long Whole()
    {
        if (IsNull())
            return 0;

        var isNumber = _reader.TokenType == JsonTokenType.Number
            ? _reader.TryGetInt64(out var number) || IsWhole(long.MinValue, long.MaxValue, out number)
            : long.TryParse(NumberText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
        return isNumber ? number : throw Fault("must be a whole number of 64 bits, as a string or a number");
    }

    public int Whole32() => Whole() is >= int.MinValue and <= int.MaxValue and var number ? (int)number : throw Fault("must be a whole number of 32 bits");

    public double Number()
    {
        if (IsNull())
            return 0;

        var isNumber = _reader.TokenType == JsonTokenType.Number
            ? _reader.TryGetDouble(out var number)
            : double.TryParse(NumberText(), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
        return isNumber ? number : throw Fault("must be a number, or one of \"NaN\", \"Infinity\", \"-Infinity\"");
    }

    /// <param name="what">What is wrong with the value or field that the reader stands on.</param>
    public readonly MalformedOtlpException Fault(string what) =>
        new($"The body is no request of OTLP in JSON: {JsonFaultPlace.Of(_text, Options, _reader.TokenStartIndex)} {what}.");

    private void ToValue()
    {
        if (_reader.TokenType == JsonTokenType.PropertyName)
            _reader.Read();
    }

    private ReadOnlySpan<byte> NumberText() => _reader.TokenType == JsonTokenType.String ? Utf8() : default;

    // JSON has one kind of number: 5e3 and 5000.0 are whole.
    private readonly bool IsWhole<T>(T least, T most, out T whole)
        where T : struct, System.Numerics.INumber<T>
    {
        whole = default;
        if (!_reader.TryGetDecimal(out var number) || decimal.Truncate(number) != number || number < decimal.CreateChecked(least) || number > decimal.CreateChecked(most))
            return false;

        whole = T.CreateChecked(number);
        return true;
    }
}

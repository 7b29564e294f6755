using System.Globalization;
using System.Text;

namespace LLMscope.Service.Scraping.Exposition;

/// <summary>Numbers as pages of metrics write them: decimal, or NaN and infinity in any case.</summary>
internal static class ExpositionNumbers
{
    private const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static bool TryParse(ReadOnlySpan<byte> word, out double value)
    {
        var unsigned = word.Length > 0 && word[0] is (byte)'+' or (byte)'-' ? word[1..] : word;
        if (unsigned.Length > 0 && (char.IsAsciiDigit((char)unsigned[0]) || unsigned[0] == '.'))
            return double.TryParse(word, Decimal, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

        var isInfinite = Ascii.EqualsIgnoreCase(unsigned, "inf"u8) || Ascii.EqualsIgnoreCase(unsigned, "infinity"u8);
        value = !isInfinite ? double.NaN : word[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        return isInfinite || Ascii.EqualsIgnoreCase(word, "nan"u8);
    }

    /// <summary>A time: whole milliseconds in the text format, seconds with fractions in OpenMetrics.</summary>
    public static bool TryParseTime(ReadOnlySpan<byte> word, bool inSeconds, out long milliseconds)
    {
        if (!inSeconds)
            return long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out milliseconds);

        milliseconds = 0;
        if (!TryParse(word, out var seconds) || !(Math.Abs(seconds) < 1e14))
            return false;

        milliseconds = (long)Math.Round(seconds * 1000);
        return true;
    }
}

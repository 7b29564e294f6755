namespace LLMscope.Dashboard.Charts;

/// <summary>
/// A value with its unit as people read it: scaled, with three significant digits. <c>Scripts/quantity.ts</c> writes the same,
/// and both are held to the same cases.
/// </summary>
public static class Quantity
{
    private static readonly Scale[] Seconds = [new(3600, 3600, " h"), new(60, 60, " min"), new(1, 1, " s"), new(1e-3, 1e-3, " ms"), new(0, 1e-6, " µs")];
    private static readonly Scale[] Bytes =
    [
        new(1L << 40, 1L << 40, " TiB"), new(1 << 30, 1 << 30, " GiB"), new(1 << 20, 1 << 20, " MiB"), new(1 << 10, 1 << 10, " KiB"), new(0, 1, " B"),
    ];
    private static readonly Scale[] Ratio = [new(0, 0.01, " %")];

    /// <param name="unit">The base unit of the series, by its UCUM symbol.</param>
    public static string Text(double value, string unit)
    {
        if (double.IsNaN(value))
            return "–";

        var rounded = ThreeDigits(value);
        var scale = ScaleFor(Math.Abs(rounded), unit);
        var number = Number(value / scale.Divisor);
        if (unit == "USD")
            number = value < 0 ? "-$" + number[1..] : "$" + number;
        return number + scale.Suffix;
    }

    /// <summary>A number without a unit, with three significant digits.</summary>
    public static string Number(double value)
    {
        var rounded = ThreeDigits(value);
        if (rounded == 0)
            return "0";

        var decimals = 2 - (int)Math.Floor(Math.Log10(Math.Abs(rounded)));
        return decimals > 12 ? rounded.ToString("0.00E0") : rounded.ToString("N" + Math.Max(0, decimals));
    }

    /// <summary>How many times as large, for example <c>×1.42</c>.</summary>
    public static string Factor(double factor) => "×" + Number(factor);

    private static Scale ScaleFor(double size, string unit)
    {
        if (size == 0 && unit == "s")
            return Seconds[2];

        var scales = unit switch
        {
            "s" => Seconds,
            "By" => Bytes,
            "1" => Ratio,
            _ => Thousands(unit),
        };
        return Array.Find(scales, scale => size >= scale.From * (1 - 1e-12)) ?? scales[^1];
    }

    private static Scale[] Thousands(string unit)
    {
        var (name, joined) = unit switch
        {
            "USD" or "{T2}" => ("", ""),
            "Cel" => ("°C", " "),
            "W" or "J" or "Hz" or "By/s" => (unit.Replace("By", "B"), ""),
            _ => (unit.Replace("{token}", "tok").Replace("{request}", "req").Replace("{event}", "events").Replace("{model}", "models"), " "),
        };
        return
        [
            new(1e9, 1e9, " G" + joined + name), new(1e6, 1e6, " M" + joined + name), new(1e4, 1e3, " k" + joined + name),
            new(0, 1, name.Length > 0 ? " " + name : ""),
        ];
    }

    private static double ThreeDigits(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value;

        var step = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 2);
        return Math.Round(value / step, MidpointRounding.AwayFromZero) * step;
    }

    /// <param name="From">The smallest size that it is for.</param>
    /// <param name="Divisor">What one of its unit is in the base unit.</param>
    private sealed record Scale(double From, double Divisor, string Suffix);
}

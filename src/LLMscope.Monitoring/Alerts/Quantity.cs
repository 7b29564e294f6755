namespace LLMscope.Monitoring.Alerts;

/// <summary>Values as people read them: three digits, in a unit of a handy size that all values of one message share.</summary>
internal sealed class Quantity
{
    private static readonly (double Size, string Name)[] Times = [(3600, "h"), (60, "min"), (1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")];
    private static readonly (double Size, string Name)[] Bytes = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB"), (1, "B")];

    private readonly double _size;
    private readonly string _name;

    /// <param name="unit">The base unit of the values, by its UCUM symbol.</param>
    /// <param name="largest">The value that the size of the unit is chosen for.</param>
    public Quantity(string unit, double largest)
    {
        (_size, _name) = unit switch
        {
            "s" => Handy(Times, largest),
            "By" => Handy(Bytes, largest),
            "By/s" => Handy(Bytes, largest) is var (size, name) ? (size, $"{name}/s") : default,
            "1" => (0.01, "%"),
            "Cel" => (1, "°C"),
            "{token}" => (1, "tokens"),
            "{token}/s" => (1, "tokens/s"),
            "{request}" => (1, "requests"),
            "{request}/s" => (1, "requests/s"),
            "{model}" => (1, "models"),
            "{T2}" => (1, ""),
            _ => (1, unit),
        };
    }

    public string Text(double value) => $"{Digits(value / _size)} {_name}".TrimEnd();

    private static (double Size, string Name) Handy((double Size, string Name)[] units, double largest) =>
        largest == 0 || !double.IsFinite(largest)
            ? units.First(unit => unit.Size == 1)
            : units.FirstOrDefault(unit => Math.Abs(largest) >= unit.Size, units[^1]);

    private static string Digits(double value)
    {
        if (!double.IsFinite(value) || value == 0)
            return value.ToString("0");

        var places = Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 8);
        return Math.Round(value, places).ToString("0.########");
    }
}

using System.Collections.Frozen;

namespace LLMscope.Monitoring.Samples;

/// <summary>
/// A unit that samples may come in, by its UCUM symbol. Values are stored in the base unit of their dimension:
/// time in seconds, data in bytes, shares as ratios between 0 and 1.
/// </summary>
/// <param name="Symbol">The UCUM symbol, for example <c>ms</c>.</param>
/// <param name="Base">The symbol of the base unit, for example <c>s</c>.</param>
/// <param name="Factor">What a value is multiplied with to be in the base unit.</param>
public sealed record Unit(string Symbol, string Base, double Factor)
{
    private static readonly FrozenDictionary<string, Unit> Known = new Unit[]
    {
        new("s", "s", 1), new("ms", "s", 1e-3), new("us", "s", 1e-6), new("ns", "s", 1e-9), new("min", "s", 60), new("h", "s", 3600),
        new("By", "By", 1), new("KiBy", "By", 1024), new("MiBy", "By", 1024 * 1024), new("GiBy", "By", 1024 * 1024 * 1024),
        new("1", "1", 1), new("%", "1", 1e-2),
        new("{token}", "{token}", 1), new("{token}/s", "{token}/s", 1), new("{request}", "{request}", 1), new("{event}", "{event}", 1), new("{request}/s", "{request}/s", 1),
        new("{model}", "{model}", 1),
        new("USD", "USD", 1), new("Cel", "Cel", 1), new("W", "W", 1), new("kW", "W", 1e3), new("J", "J", 1), new("Hz", "Hz", 1), new("By/s", "By/s", 1),
    }.ToFrozenDictionary(unit => unit.Symbol);

    public static Unit Seconds { get; } = Known["s"];

    public static Unit Ratio { get; } = Known["1"];

    public static Unit Events { get; } = Known["{event}"];

    public static Unit Calls { get; } = Known["{request}"];

    /// <summary>Of a T2, which has no dimension and is no share. No sample comes in it.</summary>
    public static Unit T2 { get; } = new("{T2}", "{T2}", 1);

    /// <summary>Every symbol that is understood, for messages to the caller.</summary>
    public static string Allowed { get; } = string.Join(", ", Known.Keys.Order(StringComparer.Ordinal));

    public static bool TryFind(string symbol, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Unit? unit) => Known.TryGetValue(symbol, out unit);

    public bool IsDuration => Base == "s";
}

using System.Text.RegularExpressions;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.Samples;

/// <summary>What a characteristic may be called, in which unit it may come, and which values it can have.</summary>
internal static partial class SampleRules
{
    /// <summary>Beyond it the squares and sums that limits are made of would no longer be numbers.</summary>
    public const double LargestValue = 1e100;

    private const int LongestName = 100;

    /// <summary>Finds what the name and the unit mean together.</summary>
    /// <param name="stored">The characteristic of the series where it exists; its unit is given.</param>
    /// <param name="factor">What the value is multiplied with to be in the base unit.</param>
    /// <returns>Null, or the field that is wrong and why.</returns>
    public static (string Field, string Message)? FindCharacteristic(
        string name, string unitText, Characteristic? stored, out Characteristic? characteristic, out double factor)
    {
        (characteristic, factor) = (stored ?? Characteristic.Find(name), 1);
        if (characteristic is null && (name.Length > LongestName || !Name().IsMatch(name)))
        {
            return ("characteristic",
                $"must be at most {LongestName} of the characters a-z, 0-9, _ and ., beginning with a letter; for example {Characteristic.Duration} or my_metric");
        }

        Unit? unit = null;
        if (unitText.Length > 0 && !Unit.TryFind(unitText, out unit))
            return ("unit", $"'{unitText}' is not known; the units are {Unit.Allowed}");

        characteristic ??= Characteristic.Custom(name, unit ?? Unit.Ratio);
        if (unit is null)
            return null;

        if (unit.Base != characteristic.Unit.Base)
            return ("unit", $"'{unit.Symbol}' does not measure {name}, which comes in {characteristic.Unit.Symbol} or a unit of the same dimension");

        factor = unit.Factor;
        return null;
    }

    /// <param name="count">How many observations it stands for.</param>
    /// <returns>Null, or why this value, in the base unit, is impossible.</returns>
    public static string? FaultOf(Characteristic characteristic, double value, int count = 1)
    {
        if (!(Math.Abs(value) <= LargestValue))
            return $"must lie between -{LargestValue:0e0} and {LargestValue:0e0} in {characteristic.Unit.Symbol}";

        if (characteristic.Nature == CharacteristicNature.Event && count == 1 && value is not (0 or 1))
            return "must be 0 or 1: whether the call failed";
        if (characteristic.Nature == CharacteristicNature.Event && value is not (>= 0 and <= 1))
            return $"must lie between 0 and 1: the share of {count} calls that failed";

        return value < 0 && (characteristic.Unit.IsDuration || Characteristic.Find(characteristic.Name) is { Name: not "gpu_temperature" and not "quality_score" })
            ? $"must not be negative, since it is a {characteristic.Title.ToLowerInvariant()}"
            : null;
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_.]*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Name();
}

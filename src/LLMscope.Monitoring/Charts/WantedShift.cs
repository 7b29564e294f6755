using System.Globalization;
using LLMscope.Monitoring.Samples;
using LLMscope.Spc;
using LLMscope.Spc.Baselines;

namespace LLMscope.Monitoring.Charts;

/// <summary>A shift that someone asks about: an amount in a unit, a share of the centre line, or standard deviations.</summary>
/// <param name="Amount">In the base unit of the series, as a share, or in standard deviations; negative for a fall.</param>
public sealed record WantedShift(double Amount, WantedShiftScale Scale)
{
    private static readonly string[] Sigmas = ["sd", "sigma"];

    /// <summary>What a shift may be, for people who gave another one.</summary>
    public static string Allowed(Unit unit) => $"a number with a unit that {unit.Base} is measured in, with % of the centre line, or with sd for standard deviations, such as 10% or 1sd";

    /// <returns>Null where the text is no shift of such a series.</returns>
    public static WantedShift? Find(string? text, Unit unit)
    {
        var trimmed = text?.Trim() ?? "";
        var length = trimmed.TakeWhile((letter, i) => char.IsAsciiDigit(letter) || letter is '.' || (i == 0 && letter is '-' or '+')).Count();
        if (!double.TryParse(trimmed.AsSpan(0, length), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) || amount == 0)
            return null;

        var name = trimmed[length..].Trim();
        return name == "%" ? new WantedShift(amount / 100, WantedShiftScale.Share)
            : Sigmas.Contains(name, StringComparer.Ordinal) ? new WantedShift(amount, WantedShiftScale.Sigma)
            : name.Length == 0 ? new WantedShift(amount, WantedShiftScale.Unit)
            : Unit.TryFind(name, out var known) && known.Base == unit.Base ? new WantedShift(amount * known.Factor, WantedShiftScale.Unit)
            : null;
    }

    /// <summary>The shift on the transformed scale; not a number where there is no value so far from the centre line.</summary>
    /// <param name="centre">The centre line in the unit of the series.</param>
    public double On(ProcessModel model, double centre) => Scale switch
    {
        WantedShiftScale.Sigma => model.Line(Amount) - model.Line(0),
        _ => Between(model.Transform, centre, From(centre, sigma: double.NaN)),
    };

    /// <summary>Where the shift leads, in the unit of the series.</summary>
    /// <param name="sigma">The standard deviation of a point.</param>
    internal double From(double centre, double sigma) => centre + (Scale switch
    {
        WantedShiftScale.Sigma => Amount * sigma,
        WantedShiftScale.Share => Amount * Math.Abs(centre),
        _ => Amount,
    });

    internal static double Between(Transform transform, double from, double to) =>
        transform.Accepts(from) && transform.Accepts(to) ? transform.Apply(to) - transform.Apply(from) : double.NaN;
}

public enum WantedShiftScale : byte
{
    Unit,
    Share,
    Sigma,
}

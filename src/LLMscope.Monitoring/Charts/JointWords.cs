using System.Globalization;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Monitoring.Charts;

/// <summary>What a point of a joint chart has to tell, in words.</summary>
public static class JointWords
{
    // Nearer to its mean than this, in standard deviations, a characteristic is as usual unless the others let expect something else.
    private const double Near = 1;

    // A contribution is the square of the distance from what the others let expect, in standard deviations.
    private const double UnusualContribution = 9;

    /// <summary>Such as <c>time to first token +3.1 sd, duration as usual</c>: what contributes most comes first. Null for a point that was not judged.</summary>
    /// <param name="characteristics">The names of those of the chart.</param>
    public static string? Of(ChartPoint point, IReadOnlyList<string> characteristics)
    {
        ArgumentNullException.ThrowIfNull(point);
        ArgumentNullException.ThrowIfNull(characteristics);
        if (point.Joint is not { Contributions: { } contributions, Deviations: { } deviations } || contributions.Count != characteristics.Count)
            return null;

        return string.Join(", ", Enumerable.Range(0, characteristics.Count).OrderByDescending(i => contributions[i])
            .Select(i => $"{TitleOf(characteristics[i])} {PartOf(deviations[i], contributions[i])}"));
    }

    /// <summary>A characteristic inside a sentence.</summary>
    public static string TitleOf(string characteristic) => (Characteristic.Find(characteristic) ?? Characteristic.Custom(characteristic, Unit.Ratio)).Title is var title
        && title.Length > 1 && char.IsUpper(title[1]) ? title : $"{char.ToLowerInvariant(title[0])}{title[1..]}";

    private static string PartOf(double deviation, double contribution)
    {
        var signed = string.Create(CultureInfo.InvariantCulture, $"{deviation:+0.0;-0.0;0.0} sd");
        return Math.Abs(deviation) >= Near ? signed
            : contribution < UnusualContribution ? "as usual"
            : $"{signed}, unusual beside the others";
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using LLMscope.Monitoring.Charts;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;

namespace LLMscope.Dashboard.Charts;

/// <summary>Points inside a page, in the words in which the API tells them, so that one script draws both.</summary>
internal static class PointJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Of(IReadOnlyList<ChartPoint> points, Baseline? baseline, IReadOnlyList<Annotation> annotations) => JsonSerializer.Serialize(
        new
        {
            Points = points.Select(Told),
            Baselines = baseline is null ? [] : new[] { Told(baseline) },
            Annotations = annotations.Select(annotation => new { annotation.Time, annotation.Kind, annotation.Text }),
        },
        Options);

    /// <summary>How many points each of Nelson's rules looks at; null where nothing is looked for.</summary>
    public static string? Windows(Detection? detection) => detection is null ? null
        : JsonSerializer.Serialize(RuleSet.All.Each().ToDictionary(RuleText.Name, detection.Parameters.Window), Options);

    /// <summary>What the characteristics of a joint chart are called; null on any other.</summary>
    public static string? Together(IReadOnlyList<string>? characteristics) =>
        characteristics is null ? null : JsonSerializer.Serialize(characteristics.Select(JointWords.TitleOf), Options);

    private static object Told(ChartPoint point) => new
    {
        point.Number,
        point.Time,
        Value = double.IsNaN(point.Value) ? (double?)null : point.Value,
        point.Count,
        point.MovingRange,
        point.Spread,
        Joint = point.Joint is { } joint ? new { joint.Contributions, joint.Deviations } : null,
        point.Phase,
        point.StartsSegment,
        point.BaselineId,
        point.Centre,
        point.Lower,
        point.Upper,
        Signals = point.Signals.Rules.Each().Select(rule => new { Rule = RuleText.Name(rule), Direction = point.Signals.DirectionOf(rule) }),
    };

    private static object Told(Baseline baseline) => new
    {
        baseline.Id,
        baseline.Version,
        baseline.From,
        baseline.To,
        baseline.FirstNumber,
        baseline.LastNumber,
        baseline.Estimate.Count,
        Zones = baseline.Estimate.Zones is { } z ? new[] { z.Lower3, z.Lower2, z.Lower1, z.Centre, z.Upper1, z.Upper2, z.Upper3 } : null,
        baseline.Estimate.MovingRangeCentre,
        baseline.Estimate.MovingRangeUpper,
        Excluded = Array.Empty<object>(),
    };
}

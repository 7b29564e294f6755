using System.Text.Json.Serialization;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Spc;
using LLMscope.Spc.Rules;

namespace LLMscope.Service.Charts;

/// <summary>A chart as the API and the live hub tell it.</summary>
/// <param name="Wanted">Points that the baseline needs; 0 where it is frozen or none is wanted.</param>
/// <param name="NotJudged">Samples since the start that were stored and kept out of the chart, by reason.</param>
public sealed record ChartResponse(
    int Id,
    string Title,
    string Characteristic,
    string CharacteristicTitle,
    string Unit,
    SourceResponse Source,
    bool Demo,
    ChartKind Kind,
    Transform Transform,
    double SubgroupSeconds,
    IReadOnlyList<string> Rules,
    ChartState State,
    int Collected,
    int Wanted,
    string? Problem,
    DateTime? LatestSample,
    double MaxGapSeconds,
    IReadOnlyList<Guid> OpenViolations,
    PointResponse? Last,
    IReadOnlyDictionary<Standing, long> NotJudged,
    int? BaselineId)
{
    /// <summary>All its baselines, oldest first, where one chart was asked for; the last one judges unless another is being collected.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<BaselineResponse>? Baselines { get; init; }

    /// <summary>What was chosen of its statistics, where one chart was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChoicesResponse? Choices { get; init; }

    /// <summary>What is looked for with the baseline in force, where one chart was asked for and it has one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DetectionResponse? Detection { get; init; }

    /// <summary>A new baseline that seems due.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RebaselineProposal? Proposal { get; init; }

    /// <summary>What a joint chart charts together: the lists of its points have these places. Left out on a chart of one characteristic.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Together { get; init; }

    /// <summary>Everything about one chart.</summary>
    public static ChartResponse Whole(ChartSummary chart, IEnumerable<Baseline> baselines, DateTimeOffset now) => Of(chart, now) with
    {
        Baselines = [.. baselines.Select(baseline => BaselineResponse.Of(baseline, chart.Unit.Base))],
        Choices = ChoicesResponse.Of(chart.Plan),
        Detection = chart.Detection is { } detection ? DetectionResponse.Of(detection) : null,
    };

    public static ChartResponse Of(ChartSummary chart, DateTimeOffset now) => new(
        chart.Id,
        $"{chart.Series.Characteristic.Title} · {chart.Series.Source.Title}",
        chart.Series.Characteristic.Name,
        chart.Series.Characteristic.Title,
        chart.Unit.Symbol,
        SourceResponse.Of(chart.Series.Source),
        chart.Series.Source.Demo,
        chart.Plan.Kind,
        chart.Baseline?.Estimate.Transform ?? chart.Plan.Transform,
        chart.Plan.Subgroup.TotalSeconds,
        [.. chart.Plan.Rules.Each().Select(RuleText.Name)],
        chart.StateAt(now),
        chart.Collected,
        chart.Wanted,
        chart.Problem,
        chart.LatestSample,
        chart.MaxGap.TotalSeconds,
        chart.OpenViolations,
        chart.Last is null ? null : PointResponse.Of(chart.Last),
        chart.NotJudged,
        chart.Baseline?.Id)
    {
        Proposal = chart.Proposal,
        Together = chart.Plan.Choices.Joint?.Characteristics,
    };
}

public sealed record ChartList(IReadOnlyList<ChartResponse> Charts);

public sealed record SourceResponse(
    string Site, string Provider, string Model, string ServedModel, string Operation, string Application, string Host, string Device)
{
    public static SourceResponse Of(Source source) =>
        new(source.Site, source.Provider, source.Model, source.ServedModel, source.Operation, source.Application, source.Host, source.Device);
}

public sealed record SeriesResponse(int Id, string Characteristic, string Unit, SourceResponse Source, bool Demo, int ChartId)
{
    public static SeriesResponse Of(Series series) => new(
        series.Id, series.Characteristic.Name, series.Characteristic.Unit.Symbol, SourceResponse.Of(series.Source), series.Source.Demo, series.Id);
}

public sealed record SeriesList(IReadOnlyList<SeriesResponse> Series);

/// <param name="Value">Null for a T2 of a time when there was no baseline yet.</param>
/// <param name="MovingRange">On the transformed scale of the chart.</param>
/// <param name="Signals">The rules that are violated at this point, which is the last of each pattern.</param>
public sealed record PointResponse(
    long Number,
    DateTime Time,
    double? Value,
    int Count,
    double? MovingRange,
    PointPhase Phase,
    bool StartsSegment,
    int? BaselineId,
    double? Centre,
    double? Lower,
    double? Upper,
    IReadOnlyList<SignalResponse> Signals)
{
    /// <summary>The cumulative sums after it, in standard deviations; where none is kept they are left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CusumUp { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CusumDown { get; init; }

    /// <summary>How far its samples lie apart, on a chart of subgroup means.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PointSpread? Spread { get; init; }

    /// <summary>What it is made of, on a joint chart.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JointPointResponse? Joint { get; init; }

    public static PointResponse Of(ChartPoint point) => new(
        point.Number, point.Time, double.IsNaN(point.Value) ? null : point.Value, point.Count, point.MovingRange, point.Phase, point.StartsSegment, point.BaselineId,
        point.Centre, point.Lower, point.Upper,
        point.Signals.Any ? [.. point.Signals.Rules.Each().Select(rule => new SignalResponse(RuleText.Name(rule), point.Signals.DirectionOf(rule)))] : [])
    {
        CusumUp = point.CusumUp,
        CusumDown = point.CusumDown,
        Spread = point.Spread,
        Joint = point.Joint is { } joint ? JointPointResponse.Of(joint) : null,
    };
}

/// <summary>A place for each characteristic of the chart, in its order.</summary>
/// <param name="Values">The mean in the interval; the logarithm of it for what is judged on that scale.</param>
/// <param name="Contributions">T2 less the T2 of the other characteristics; null where the point was not judged.</param>
/// <param name="Deviations">How far each, or its moving average, lay from the mean of the baseline, in standard deviations; null where the point was not judged.</param>
public sealed record JointPointResponse(IReadOnlyList<double> Values, IReadOnlyList<double>? Contributions, IReadOnlyList<double>? Deviations)
{
    // Nobody reads more digits, and a window has thousands of points.
    private const int Digits = 4;

    public static JointPointResponse Of(JointVector joint) => new(Rounded(joint.Values)!, Rounded(joint.Contributions), Rounded(joint.Deviations));

    private static double[]? Rounded(IReadOnlyList<double>? numbers) => numbers is null ? null : [.. numbers.Select(number => Math.Round(number, Digits))];
}

public sealed record SignalResponse(string Rule, Direction Direction);

/// <param name="Total">Points of the window; more than are here where they were thinned, which never leaves out a signalled one.</param>
public sealed record PointsResponse(
    int ChartId, DateTime From, DateTime To, long Total, IReadOnlyList<PointResponse> Points,
    IReadOnlyList<BaselineResponse> Baselines, IReadOnlyList<AnnotationResponse> Annotations);

public sealed record AnnotationResponse(Guid Id, DateTime Time, string Kind, string Text, int? ChartId, string? Model, bool Demo)
{
    public static AnnotationResponse Of(Annotation annotation) => new(
        annotation.Id, annotation.Time, annotation.Kind, annotation.Text, annotation.ChartId, annotation.Model, annotation.Demo);
}

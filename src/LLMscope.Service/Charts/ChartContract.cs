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
        chart.Baseline?.Id);
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

/// <param name="MovingRange">On the transformed scale of the chart.</param>
/// <param name="Signals">The rules that are violated at this point, which is the last of each pattern.</param>
public sealed record PointResponse(
    long Number,
    DateTime Time,
    double Value,
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
    /// <summary>How far its samples lie apart, on a chart of subgroup means.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PointSpread? Spread { get; init; }

    public static PointResponse Of(ChartPoint point) => new(
        point.Number, point.Time, point.Value, point.Count, point.MovingRange, point.Phase, point.StartsSegment, point.BaselineId,
        point.Centre, point.Lower, point.Upper,
        point.Signals.Any ? [.. point.Signals.Rules.Each().Select(rule => new SignalResponse(RuleText.Name(rule), point.Signals.DirectionOf(rule)))] : [])
    {
        Spread = point.Spread,
    };
}

public sealed record SignalResponse(string Rule, Direction Direction);

/// <param name="Centre">On the transformed scale.</param>
/// <param name="Sigma">On the transformed scale.</param>
/// <param name="Zones">L3, L2, L1, CL, U1, U2, U3 in the unit of the series; null where they vary by point.</param>
public sealed record BaselineResponse(
    int Id, int Version, DateTime FrozenAt, string FrozenBy, string Reason, DateTime From, DateTime To, long FirstNumber, long LastNumber,
    Transform Transform, int Count, long Units, double Centre, double Sigma, IReadOnlyList<double>? Zones,
    double MovingRangeCentre, double MovingRangeUpper, double MaxGapSeconds, IReadOnlyList<ExcludedPoint> Excluded, IReadOnlyList<string> Remarks)
{
    public static BaselineResponse Of(Baseline baseline) => new(
        baseline.Id, baseline.Version, baseline.FrozenAt, baseline.FrozenBy, baseline.Reason, baseline.From, baseline.To,
        baseline.FirstNumber, baseline.LastNumber, baseline.Estimate.Transform, baseline.Estimate.Count, baseline.Estimate.Units, baseline.Estimate.Centre, baseline.Estimate.Sigma,
        baseline.Estimate.Zones is { } z ? [z.Lower3, z.Lower2, z.Lower1, z.Centre, z.Upper1, z.Upper2, z.Upper3] : null,
        baseline.Estimate.MovingRangeCentre, baseline.Estimate.MovingRangeUpper, baseline.MaxGap.TotalSeconds, baseline.Estimate.Excluded, baseline.Estimate.Remarks);
}

/// <param name="Total">Points of the window; more than are here where they were thinned, which never leaves out a signalled one.</param>
public sealed record PointsResponse(
    int ChartId, DateTime From, DateTime To, long Total, IReadOnlyList<PointResponse> Points,
    IReadOnlyList<BaselineResponse> Baselines, IReadOnlyList<AnnotationResponse> Annotations);

public sealed record AnnotationResponse(Guid Id, DateTime Time, string Kind, string Text, int? ChartId, string? Model, bool Demo)
{
    public static AnnotationResponse Of(Annotation annotation) => new(
        annotation.Id, annotation.Time, annotation.Kind, annotation.Text, annotation.ChartId, annotation.Model, annotation.Demo);
}

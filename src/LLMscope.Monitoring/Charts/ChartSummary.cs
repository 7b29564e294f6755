using LLMscope.Monitoring.Samples;
using LLMscope.Spc.Judging;

namespace LLMscope.Monitoring.Charts;

/// <summary>What a chart is at one moment. Immutable; the board replaces it as a whole.</summary>
/// <param name="Recent">The values of the last points, oldest first, at most <see cref="RecentPoints"/>.</param>
/// <param name="Collected">Points collected for the baseline so far, of <paramref name="Wanted"/>.</param>
/// <param name="Problem">Why there are no limits though enough points are collected; null otherwise.</param>
/// <param name="LatestSample">The newest sample that was judged or recorded, in a point or not yet.</param>
/// <param name="OpenViolations">The violations that are open or acknowledged.</param>
/// <param name="NotJudged">Samples of this run that were stored and kept out of the chart, by reason.</param>
public sealed record ChartSummary(
    int Id,
    Series Series,
    ChartPlan Plan,
    Baseline? Baseline,
    ChartPoint? Last,
    IReadOnlyList<double> Recent,
    int Collected,
    int Wanted,
    string? Problem,
    DateTime? LatestSample,
    IReadOnlyList<Guid> OpenViolations,
    IReadOnlyDictionary<Standing, long> NotJudged)
{
    public const int RecentPoints = 40;

    /// <summary>The unit of its points, which is not that of its samples where it counts events or the time between them.</summary>
    public Unit Unit => ChartKinds.UnitOf(Plan.Kind, Series.Characteristic);

    /// <summary>What is looked for with the baseline in force.</summary>
    public Detection? Detection { get; init; }

    /// <summary>A new baseline that seems due.</summary>
    public RebaselineProposal? Proposal { get; init; }

    /// <summary>Without a baseline nobody knows how often points come; after this time a chart without one has no data.</summary>
    public static readonly TimeSpan UnknownGap = TimeSpan.FromMinutes(5);

    public TimeSpan MaxGap => Baseline?.MaxGap ?? (Plan.Subgroup * 3 > UnknownGap ? Plan.Subgroup * 3 : UnknownGap);

    public ChartState StateAt(DateTimeOffset now) => this switch
    {
        { LatestSample: null } => ChartState.Empty,
        { LatestSample: { } latest } when now.UtcDateTime - latest > MaxGap => ChartState.NoData,
        { Plan.Kind: ChartKind.Record } => ChartState.Recording,
        { Baseline: null } => ChartState.CollectingBaseline,
        { OpenViolations.Count: > 0 } => ChartState.OutOfControl,
        _ => ChartState.InControl,
    };
}

using LLMscope.Dashboard.Layout;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Spc;

namespace LLMscope.Dashboard.Charts;

/// <summary>What states, kinds and reasons are called on screen. The script knows the states by the same keys.</summary>
internal static class ChartWords
{
    public const string Problem = "problem";

    /// <summary>The key of a state in addresses and styles: as the API writes it, or <see cref="Problem"/>.</summary>
    public static string Key(ChartState state, string? problem) =>
        state == ChartState.CollectingBaseline && problem is not null ? Problem : Key(state);

    public static string Key(ChartState state) => state switch
    {
        ChartState.Empty => "empty",
        ChartState.CollectingBaseline => "collectingBaseline",
        ChartState.InControl => "inControl",
        ChartState.OutOfControl => "outOfControl",
        ChartState.Recording => "recording",
        ChartState.NoData => "noData",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "An unknown state."),
    };

    public static string Of(string stateKey) => stateKey switch
    {
        "empty" => "empty",
        "collectingBaseline" => "collecting baseline",
        "inControl" => "in control",
        "outOfControl" => "out of control",
        "recording" => "recording",
        "noData" => "no data",
        _ => "no limits yet",
    };

    public static IReadOnlyList<string> States { get; } =
        ["outOfControl", "inControl", "collectingBaseline", Problem, "noData", "recording", "empty"];

    public static string Of(Standing standing) => standing switch
    {
        Standing.Late => "late",
        Standing.Failed => "of failed calls",
        Standing.CacheHit => "answered by a cache",
        Standing.ColdStart => "of cold starts",
        Standing.Retry => "of second or later attempts",
        _ => "judged",
    };

    public static string Of(ChartPlan plan) =>
        plan.Kind == ChartKind.Individuals && plan.Subgroup > TimeSpan.Zero ? "subgroup means and moving ranges" : Of(plan.Kind);

    public static string Of(ChartKind kind) => kind switch
    {
        ChartKind.Individuals => "individual values and moving ranges",
        ChartKind.Proportion => "proportion of calls (p chart)",
        ChartKind.ProportionPrime => "proportion of calls with Laney's limits (p' chart)",
        ChartKind.UnitCount => "calls with the event, of as many in each point (np chart)",
        ChartKind.Count => "events of an interval (c chart)",
        ChartKind.Rate => "events for each call (u chart)",
        ChartKind.RatePrime => "events for each call with Laney's limits (u' chart)",
        ChartKind.TimeBetween => "time between events (t chart)",
        ChartKind.UnitsBetween => "calls between events (g chart)",
        ChartKind.SubgroupMeansS => "subgroup means and standard deviations (Xbar-S chart)",
        ChartKind.SubgroupMeansR => "subgroup means and ranges (Xbar-R chart)",
        ChartKind.HotellingT2 => "several characteristics together (Hotelling's T2 chart)",
        ChartKind.Mewma => "moving averages of several characteristics together (MEWMA chart)",
        _ => "record, without limits",
    };

    /// <summary>What one point of a chart stands for.</summary>
    public static string OnePoint(ChartPlan plan) =>
        plan.Kind == ChartKind.TimeBetween ? "the time from one event to the next"
        : plan.Kind == ChartKind.UnitsBetween ? "the calls from one event to the next"
        : plan.Subgroup == TimeSpan.Zero ? "one sample"
        : $"{TimeText.Duration(plan.Subgroup)} of samples";

    /// <summary>Whether points are counted events, whose limits follow from how many calls they stand for.</summary>
    public static bool Counts(ChartKind kind) => kind is ChartKind.Proportion or ChartKind.ProportionPrime or ChartKind.UnitCount or ChartKind.Count or ChartKind.Rate or ChartKind.RatePrime;

    /// <summary>Whether every rule may be judged, and not R1 alone.</summary>
    public static bool SeesRuns(ChartKind kind) => kind != ChartKind.Record && !Counts(kind) && !IsJoint(kind);

    /// <summary>Whether a point is a T2 of several characteristics.</summary>
    public static bool IsJoint(ChartKind kind) => kind is ChartKind.HotellingT2 or ChartKind.Mewma;

    /// <summary>What is charted beside the values.</summary>
    public static string SecondOf(ChartKind kind) => kind switch
    {
        ChartKind.SubgroupMeansS => "Standard deviation",
        ChartKind.SubgroupMeansR => "Range",
        ChartKind.HotellingT2 or ChartKind.Mewma => "Characteristics",
        _ => "Moving range",
    };

    public static string Of(Transform transform) => transform == Transform.Log ? "logarithmic scale" : "own scale";

    public static string OfAnnotation(string kind) => kind.Replace('_', ' ');
}

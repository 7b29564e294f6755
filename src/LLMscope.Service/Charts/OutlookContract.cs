using LLMscope.Spc;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Service.Charts;

/// <summary>False alarms to expect while nothing is wrong.</summary>
/// <param name="Points">How many points the chart takes in that time.</param>
/// <param name="BaselinePoints">The points that the limits are estimated from; the fewer, the wider the band.</param>
/// <param name="Now">With what the chart looks for.</param>
/// <param name="WhatIf">With the choices that were asked about; the same as now where there were none.</param>
public sealed record FalseAlarmResponse(int ChartId, string Per, double Points, int BaselinePoints, bool Confirmed, OutlookResponse Now, OutlookResponse WhatIf);

/// <param name="Rules">What may be judged.</param>
/// <param name="Alerting">Rules whose signals open a violation, and so count.</param>
/// <param name="FalseAlarms">Their expected number, and a band that holds it in nine baselines of ten.</param>
public sealed record OutlookResponse(
    IReadOnlyList<string> Rules, string Budget, IReadOnlyList<string> Alerting, IReadOnlyList<string> Diagnosing, BandResponse FalseAlarms);

public sealed record BandResponse(double Expected, double Low, double High)
{
    public static BandResponse Of(FalseAlarmBand band) => new(band.Expected, band.Low, band.High);
}

/// <summary>What the detection makes of the points of its own baseline, drawn in blocks.</summary>
/// <param name="Points">How many points were judged.</param>
/// <param name="Violations">How many violations they raised.</param>
/// <param name="BlockLength">Neighbours that were drawn together.</param>
/// <param name="BaselinePoints">The points that were drawn from.</param>
/// <param name="Counted">Violations in that time, with a 90 % interval.</param>
/// <param name="Announced">The number that is computed and announced.</param>
public sealed record SelfTestResponse(
    int ChartId, string Per, int Points, int Violations, int BlockLength, int BaselinePoints, IntervalResponse Counted, BandResponse Announced);

/// <summary>A number with the interval around it; null where it is not known.</summary>
public sealed record IntervalResponse(double? Value, double? Lower, double? Upper)
{
    public static IntervalResponse Of(Estimate estimate) => new(Finite(estimate.Value), Finite(estimate.Lower), Finite(estimate.Upper));

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>How soon a lasting shift is seen on average.</summary>
/// <param name="Shift">As it was asked.</param>
/// <param name="Centre">The centre line that it starts from.</param>
/// <param name="Shifted">Where the centre line would be.</param>
/// <param name="Rules">By those of Nelson's rules that open violations; null where none does.</param>
/// <param name="IsSimulated">Whether the points of a forecasting chart were drawn rather than computed.</param>
public sealed record DelayResponse(
    int ChartId, string Shift, double Centre, double Shifted, double InSigma, SeenResponse? Rules, SeenResponse? Cusum, SeenResponse? Level, bool IsSimulated);

/// <param name="Points">On average from the first shifted point on; null for never.</param>
/// <param name="Seconds">The same at the pace of the baseline; where points come with events, at the pace that the shift gives them.</param>
public sealed record SeenResponse(IReadOnlyList<string> By, double? Points, double? Seconds);

using System.Runtime.InteropServices;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Charts;

/// <summary>Judges the points of one chart in order.</summary>
internal interface IPointJudge
{
    PointVerdict Judge(ChartPoint point);

    /// <summary>The centre line of a judged point as the baseline left it, where a forecast may since have followed the process.</summary>
    double UsualAt(ChartPoint point) => point.Centre!.Value;

    /// <summary>Takes in a point that was judged before a restart, so that the next one is judged as if there had been none.</summary>
    void Recall(ChartPoint point);

    /// <summary>Forgets the segment.</summary>
    void Break();
}

/// <summary>What was made of a point.</summary>
/// <param name="Began">How many points ago the change behind a cumulative sum's signal is estimated to have begun; 0 without one.</param>
/// <param name="Spread">That of the point with its limits, where the chart has any.</param>
/// <param name="Value">What is plotted, where only the judge can tell.</param>
/// <param name="Joint">That of the point with what was made of it, on a chart of several characteristics.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PointVerdict(
    double Centre, double Lower, double Upper, RuleSignals Signals, double? Expected = null, double? CusumUp = null, double? CusumDown = null, double? Ewma = null, int Began = 0, PointSpread? Spread = null,
    double? Value = null, JointVector? Joint = null)
{
    /// <summary>The point was not judged: what its limits depend on is not known of it.</summary>
    public static PointVerdict NotJudged { get; } = new(double.NaN, double.NaN, double.NaN, default);

    public bool IsJudged => !double.IsNaN(Centre);

    /// <summary>The point as it was judged by a baseline, or as it is where it was not.</summary>
    public ChartPoint On(ChartPoint point, int baselineId) => !IsJudged ? point : point with
    {
        Phase = PointPhase.Judged,
        Value = Value ?? point.Value,
        BaselineId = baselineId,
        Centre = Centre,
        Lower = Lower,
        Upper = Upper,
        Signals = Signals,
        Expected = Expected,
        CusumUp = CusumUp,
        CusumDown = CusumDown,
        Ewma = Ewma,
        Spread = Spread ?? point.Spread,
        Joint = Joint ?? point.Joint,
    };
}

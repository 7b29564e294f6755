using LLMscope.Spc.Baselines;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Judging;

/// <summary>A chart with limits, given or from a baseline, and why it is as it is.</summary>
public sealed record FittedChart
{
    public required SeriesKind Kind { get; init; }

    /// <summary>By the size of a point, 1 where points have none.</summary>
    public required Func<double, ChartLines> LinesFor { get; init; }

    /// <summary>Whether lines are told point by point, since points may differ in size.</summary>
    public bool VariesBySize { get; init; }

    /// <summary>The size of the points of the baseline where all have the same.</summary>
    public double UsualSize { get; init; } = 1;

    /// <summary>Points that the limits were estimated from; 0 where they were given.</summary>
    public int Count { get; init; }

    public LimitsOrigin Origin { get; init; }

    /// <summary>The rules that keep their meaning on such points.</summary>
    public RuleSet SuitableRules { get; init; } = RuleSet.All;

    /// <summary>Sentences for people, in the order of the choices.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Sentences on what makes the limits less trustworthy than they look.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>True where points differ by more than chance within them allows for: such limits signal too often.</summary>
    public bool IsOverdispersed { get; init; }

    /// <summary>The largest size of a point that has lines.</summary>
    public double LargestSize { get; init; } = double.PositiveInfinity;

    /// <summary>Limits that were given, around a centre line.</summary>
    public static FittedChart Given(double centre, double sigma)
    {
        var lines = new ChartLines(ProcessModel.Classic(Transform.None, centre, sigma, count: 0));
        return new FittedChart { Kind = SeriesKind.Individuals, LinesFor = _ => lines };
    }

    /// <summary>Zone lines that were given. The rules must look at whole standard deviations.</summary>
    public static FittedChart Given(ZoneLimits zones)
    {
        var curve = Scoring.ZoneScores.Through(zones);
        var model = ProcessModel.Classic(Transform.None, zones.Centre, 1, count: 0);
        var lines = new ChartLines(curve is null ? model : model with { Curve = curve }, k => zones.Line((int)k), curve is not null);
        return new FittedChart { Kind = SeriesKind.Individuals, LinesFor = _ => lines };
    }
}

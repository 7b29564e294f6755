using LLMscope.Spc.Cusum;
using LLMscope.Spc.Ewma;
using LLMscope.Spc.Multivariate;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Judging;

/// <summary>What is looked for on a chart, with which numbers, and what follows from it.</summary>
public sealed record Detection
{
    /// <summary>Nelson's eight rules as he printed them, all of which open violations.</summary>
    public static Detection Classic { get; } = new() { Alerting = RuleSet.All };

    /// <summary>Signals of these open a violation.</summary>
    public required RuleSet Alerting { get; init; }

    /// <summary>Signals of these are recorded and shown, as a hint at the cause, and extend a violation that is open.</summary>
    public RuleSet Diagnosing { get; init; }

    /// <summary>The numbers of Nelson's rules.</summary>
    public RuleParameters Parameters { get; init; } = RuleParameters.Default;

    /// <summary>Needed where <see cref="RuleSet.Cusum"/> is judged.</summary>
    public CusumParameters? Cusum { get; init; }

    /// <summary>The cumulative sum of counts, instead of one of scores.</summary>
    public LikelihoodCusum? Counts { get; init; }

    /// <summary>Needed where <see cref="RuleSet.Ewma"/> is judged.</summary>
    public EwmaParameters? Ewma { get; init; }

    /// <summary>On a chart of several characteristics the weight and the limit of T2; null on any other.</summary>
    public MewmaParameters? Joint { get; init; }

    /// <summary>How long a forecast level may lie outside what the baseline saw, in points.</summary>
    public int LevelPoints { get; init; } = 20;

    /// <summary>
    /// Scores beyond count as this in sums and averages, so that one wild value is a matter of R1 and not taken for a lasting shift. Infinite in a textbook.
    /// </summary>
    public double ScoreClip { get; init; } = double.PositiveInfinity;

    /// <summary>Everything that is judged.</summary>
    public RuleSet Judged => Alerting | Diagnosing;
}

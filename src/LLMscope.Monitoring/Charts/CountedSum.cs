using LLMscope.Spc.Attributes;
using LLMscope.Spc.Cusum;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Charts;

/// <summary>The cumulative sum of one chart of counted events: of likelihood ratios, or of standardised counts where they vary by more than chance.</summary>
internal sealed class CountedSum(Detection detection, CountProcess usual)
{
    private CusumMemory _memory;

    public bool IsJudged { get; } = detection.Judged.HasFlag(RuleSet.Cusum) && (detection.Counts is not null || detection.Cusum is not null);

    public CusumPoint Step(double events, double exposure)
    {
        if (detection.Counts is { } counts)
            return counts.Step(ref _memory, events, exposure);

        var score = (events - (exposure * usual.Rate)) / usual.Deviation(exposure);
        return detection.Cusum!.Step(ref _memory, Math.Clamp(score, -detection.ScoreClip, detection.ScoreClip));
    }

    /// <summary>Takes in the sums as they were after a point.</summary>
    public void Recall(double up, double down) => _memory = new CusumMemory
    {
        Upper = up,
        Lower = down,
        UpperPoints = up > 0 ? _memory.UpperPoints + 1 : 0,
        LowerPoints = down > 0 ? _memory.LowerPoints + 1 : 0,
    };

    public void Break() => _memory = default;
}

using LLMscope.Spc.Baselines;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Monitoring.Charts;

/// <summary>What the user chose of a chart's statistics; the defaults let the baseline choose.</summary>
public sealed record ChartChoices
{
    public static ChartChoices Default { get; } = new();

    public TransformChoice Transform { get; init; }

    public PredictorChoice Predictor { get; init; }

    /// <summary>How many false alarms are welcome.</summary>
    public FalseAlarmBudget Budget { get; init; } = FalseAlarmBudget.Normal;

    public PracticalEffect Effect { get; init; } = PracticalEffect.Any;

    public RebaseliningPolicy Rebaselining { get; init; }

    /// <summary>The least standard deviation that is believed, in the unit of the scale; 0 for none.</summary>
    public double SigmaFloor { get; init; }

    /// <summary>What is charted together; null on a chart of one characteristic.</summary>
    public JointChoice? Joint { get; init; }
}

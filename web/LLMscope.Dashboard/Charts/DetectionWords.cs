using LLMscope.Monitoring.Charts;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Dashboard.Charts;

/// <summary>What budgets, choices and expectations are called on screen.</summary>
internal static class DetectionWords
{
    /// <summary>A form's word for a budget that has a number of its own.</summary>
    public const string OwnBudget = "own";

    public static string Of(FalseAlarmBudget budget) => FalseAlarmBudgetText.NameOf(budget) switch
    {
        "quiet" => "quiet: one false alarm a month",
        "normal" => "normal: one false alarm a week",
        "sensitive" => "sensitive: one false alarm a day",
        "classic" => "classic: Nelson's rules as printed, for diagnosis",
        _ => $"{Quantity.Number(budget.Alarms)} a {FalseAlarmBudgetText.Word(budget.Period)}",
    };

    /// <summary>Expected false alarms with their band.</summary>
    public static string Of(FalseAlarmBand band) =>
        $"{Quantity.Number(band.Expected)} a week, {Quantity.Number(band.Low)} to {Quantity.Number(band.High)} in nine baselines of ten";

    public static string Of(TransformChoice choice) => choice switch
    {
        TransformChoice.Auto => "chosen from the baseline",
        TransformChoice.None => "own scale, standard deviations",
        TransformChoice.Log => "logarithm, standard deviations",
        _ => "normal scores",
    };

    public static string Of(PredictorChoice choice) => choice switch
    {
        PredictorChoice.Auto => "chosen from the baseline",
        PredictorChoice.None => "nothing: the same lines for all points",
        PredictorChoice.Ewma => "an average that follows the points",
        PredictorChoice.Ar => "an autoregression on the last points",
        PredictorChoice.Tokens => "the tokens of the call",
        _ => "the time of day",
    };

    public static string Of(RebaseliningPolicy policy) => policy switch
    {
        RebaseliningPolicy.Propose => "propose a new baseline",
        RebaseliningPolicy.Manual => "propose nothing",
        _ => "take the new level as the baseline",
    };

    /// <summary>Whether limits are provisional or confirmed, and from how many points.</summary>
    public static string Limits(Baseline baseline) => baseline.Confirmed
        ? $"Confirmed limits from {baseline.Estimate.Count:N0} points"
        : baseline.Estimate is { Model: null, Joint: null } ? $"Limits from {baseline.Estimate.Count:N0} points"
        : $"Provisional limits from {baseline.Estimate.Count:N0} points, to be confirmed by {PhaseOne.ConfirmedValues:N0}";
}

using LLMscope.Spc.Baselines;
using LLMscope.Spc.Ewma;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Multivariate;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Service.Judging;

/// <summary>The words of a request and of its answer.</summary>
internal static class JudgeWords
{
    /// <summary>A rule as a request names it: R1 to R8, and the detectors in small letters.</summary>
    public static string NameOf(RuleSet rule) =>
        (rule & RuleSet.All) != RuleSet.None ? RuleText.Name(rule) : RuleText.Name(rule).ToLowerInvariant();

    /// <summary>Null is the choice of the service.</summary>
    public static IReadOnlyDictionary<string, SeriesKind?> Kinds { get; } = new Dictionary<string, SeriesKind?>(StringComparer.OrdinalIgnoreCase)
    {
        ["auto"] = null,
        ["individuals"] = SeriesKind.Individuals,
        ["xbar-r"] = SeriesKind.XbarR,
        ["xbar-s"] = SeriesKind.XbarS,
        ["r"] = SeriesKind.R,
        ["s"] = SeriesKind.S,
        ["p"] = SeriesKind.P,
        ["np"] = SeriesKind.Np,
        ["c"] = SeriesKind.C,
        ["u"] = SeriesKind.U,
        ["p-prime"] = SeriesKind.PPrime,
        ["u-prime"] = SeriesKind.UPrime,
        ["g"] = SeriesKind.G,
        ["t"] = SeriesKind.T,
        ["ewma"] = SeriesKind.Ewma,
        ["cusum"] = SeriesKind.Cusum,
    };

    /// <summary>The charts of several characteristics at once, whose values are rows.</summary>
    public static IReadOnlyDictionary<string, JointKind> JointKinds { get; } = new Dictionary<string, JointKind>(StringComparer.OrdinalIgnoreCase)
    {
        ["t2"] = JointKind.T2,
        ["mewma"] = JointKind.Mewma,
    };

    public static IReadOnlyDictionary<string, CovarianceEstimator> Covariances { get; } = new Dictionary<string, CovarianceEstimator>(StringComparer.OrdinalIgnoreCase)
    {
        ["sample"] = CovarianceEstimator.Sample,
        ["successiveDifferences"] = CovarianceEstimator.SuccessiveDifferences,
    };

    public static IReadOnlyDictionary<string, TransformChoice> Transforms { get; } = new Dictionary<string, TransformChoice>(StringComparer.OrdinalIgnoreCase)
    {
        ["auto"] = TransformChoice.Auto,
        ["none"] = TransformChoice.None,
        ["log"] = TransformChoice.Log,
        ["scores"] = TransformChoice.Scores,
    };

    public static IReadOnlyDictionary<string, PredictorChoice> Predictors { get; } = new Dictionary<string, PredictorChoice>(StringComparer.OrdinalIgnoreCase)
    {
        ["auto"] = PredictorChoice.Auto,
        ["none"] = PredictorChoice.None,
        ["ewma"] = PredictorChoice.Ewma,
        ["ar"] = PredictorChoice.Ar,
        ["tokens"] = PredictorChoice.Tokens,
    };

    public static IReadOnlyDictionary<string, MissingPolicy> Missing { get; } = new Dictionary<string, MissingPolicy>(StringComparer.OrdinalIgnoreCase)
    {
        ["skip"] = MissingPolicy.Skip,
        ["break"] = MissingPolicy.Break,
    };

    public static IReadOnlyDictionary<string, EwmaLimits> EwmaLimits { get; } = new Dictionary<string, EwmaLimits>(StringComparer.OrdinalIgnoreCase)
    {
        ["exact"] = Spc.Ewma.EwmaLimits.Exact,
        ["fixed"] = Spc.Ewma.EwmaLimits.Fixed,
    };

    public static IReadOnlyDictionary<string, BudgetPeriod> Periods { get; } = new Dictionary<string, BudgetPeriod>(StringComparer.OrdinalIgnoreCase)
    {
        ["hour"] = BudgetPeriod.Hour,
        ["day"] = BudgetPeriod.Day,
        ["week"] = BudgetPeriod.Week,
        ["month"] = BudgetPeriod.Month,
    };

    public static IReadOnlyDictionary<string, FalseAlarmBudget> Budgets { get; } = new Dictionary<string, FalseAlarmBudget>(StringComparer.OrdinalIgnoreCase)
    {
        ["quiet"] = FalseAlarmBudget.Quiet,
        ["normal"] = FalseAlarmBudget.Normal,
        ["sensitive"] = FalseAlarmBudget.Sensitive,
        ["classic"] = FalseAlarmBudget.Classic,
    };

    public static string Of(SeriesKind kind) => Kinds.First(word => word.Value == kind).Key;
}

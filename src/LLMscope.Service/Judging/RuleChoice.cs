using LLMscope.Spc.Cusum;
using LLMscope.Spc.Ewma;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;

namespace LLMscope.Service.Judging;

/// <summary>The rules that a request asks for, with their numbers.</summary>
/// <param name="Judged">Null where the request leaves them out.</param>
internal sealed record RuleChoice(RuleSet? Judged)
{
    public RuleParameters Parameters { get; init; } = RuleParameters.Default;

    public double CusumK { get; init; } = 0.5;

    public double CusumH { get; init; } = 5;

    public double CusumHeadStart { get; init; }

    public double EwmaLambda { get; init; } = 0.1;

    public double EwmaL { get; init; } = 3;

    public EwmaLimits EwmaLimits { get; init; }

    public int LevelPoints { get; init; } = 20;

    /// <summary>The numbers that were given and that a budget would decide.</summary>
    public IReadOnlyList<JsonPlace> Numbers { get; init; } = [];

    public Detection For(RuleSet rules) => new()
    {
        Alerting = rules,
        Parameters = Parameters,
        Cusum = rules.HasFlag(RuleSet.Cusum) ? new CusumParameters(CusumK, CusumH, CusumHeadStart) : null,
        Ewma = rules.HasFlag(RuleSet.Ewma) ? new EwmaParameters(EwmaLambda, EwmaL, EwmaLimits) : null,
        LevelPoints = LevelPoints,
    };
}

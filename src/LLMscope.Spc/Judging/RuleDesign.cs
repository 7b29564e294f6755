using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Judging;

internal static class RuleDesign
{
    public static RuleParameters For(RuleSet rules, double points, int count) => RuleParameters.Default;
}

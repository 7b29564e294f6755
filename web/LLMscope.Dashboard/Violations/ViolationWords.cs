using LLMscope.Monitoring.Violations;
using LLMscope.Spc;

namespace LLMscope.Dashboard.Violations;

/// <summary>What states, severities and directions of a violation are called on screen.</summary>
internal static class ViolationWords
{
    public static string Of(ViolationState state) => state switch
    {
        ViolationState.Open => "open",
        ViolationState.Acknowledged => "acknowledged",
        _ => "resolved",
    };

    public static string Of(Severity severity) => severity switch
    {
        Severity.Critical => "critical",
        Severity.Warning => "warning",
        _ => "notice",
    };

    public static string Of(Direction direction) => direction switch
    {
        Direction.Up => "up",
        Direction.Down => "down",
        _ => "no side",
    };
}

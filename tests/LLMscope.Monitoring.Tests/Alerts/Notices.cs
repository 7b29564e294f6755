using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc;

namespace LLMscope.Monitoring.Tests.Alerts;

/// <summary>A violation as the monitor would tell of it.</summary>
internal static class Notices
{
    public static ViolationNotice Opened(Guid violation, Source? source = null) => new(
        violation, ChartId: 1, Resolved: false, (source ?? Gpt).Title, source ?? Gpt, "duration", "Duration", "s", Direction.Up, Severity.Critical,
        [new RuleName("R1", "1 point beyond 3 sigma")], new DateTime(2026, 3, 2, 12, 3, 0, DateTimeKind.Utc), Value: 0.85, Extreme: 0.85, Centre: 0.4, Lower: 0.25, Upper: 0.6,
        SignalPoints: 1, BaselineVersion: 3, BaselinePoints: 240, ResolvedAt: null, ResolvedBy: null);

    public static ViolationNotice Resolved(Guid violation) => Opened(violation) with
    {
        Resolved = true,
        Extreme = 0.91,
        SignalPoints = 4,
        ResolvedAt = new DateTime(2026, 3, 2, 12, 11, 0, DateTimeKind.Utc),
        ResolvedBy = Violation.BackInControl,
    };

    private static Source Gpt => new(Provider: "openai", Model: "gpt-4o");
}

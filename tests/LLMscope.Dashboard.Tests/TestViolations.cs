using LLMscope.Monitoring;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc;
using LLMscope.Spc.Rules;

namespace LLMscope.Dashboard.Tests;

internal static class TestViolations
{
    public static readonly Source Model = new(Provider: "openai", Model: "gpt-4o");

    public static RecordedViolation Of(
        string characteristic = Characteristic.Duration, double value = 3, double centre = 1, double lower = 0.5, double upper = 2,
        RuleSet rules = RuleSet.R1, Direction direction = Direction.Up, ViolationState state = ViolationState.Open) => new(
            new Violation
            {
                Id = Guid.Parse("01a1fd68-4f55-7f30-8851-d48d0a9d91e6"),
                ChartId = 1,
                BaselineId = 1,
                Direction = direction,
                State = state,
                Severity = Severity.Critical,
                Rules = rules,
                FirstRules = rules,
                OpenedAt = TestBoard.Start,
                OpenedNumber = 101,
                LastSignalAt = TestBoard.Start.AddSeconds(40),
                LastSignalNumber = 141,
                SignalPoints = 2,
                Value = value,
                Extreme = value,
                Centre = centre,
                Lower = lower,
                Upper = upper,
                ResolvedAt = state == ViolationState.Resolved ? TestBoard.Start.AddSeconds(250) : null,
                ResolvedBy = state == ViolationState.Resolved ? Violation.BackInControl : null,
            },
            new Series(1, 1, Model, LLMscope.Monitoring.Samples.Characteristic.Find(characteristic)!));
}

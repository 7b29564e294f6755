using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Tests.RunLengths;

public class ExpectedFalseAlarmsTests
{
    [Fact]
    public void All_rules_at_one_point_a_minute_raise_137_false_alarms_a_week()
        => Assert.Equal(137.18, ExpectedFalseAlarms.Among(points: 7 * 24 * 60, RuleSet.All), tolerance: 0.01);

    [Fact]
    public void No_rules_raise_none()
        => Assert.Equal(0, ExpectedFalseAlarms.Among(10_080, RuleSet.None));
}

using System.Text.Json;
using LLMscope.Dashboard.Charts;

namespace LLMscope.Dashboard.Tests.Charts;

public class QuantityTests
{
    [Fact]
    public void Values_read_as_the_shared_cases_say()
    {
        var cases = JsonSerializer.Deserialize<Case[]>(File.ReadAllText("quantity.cases.json"), JsonSerializerOptions.Web)!;

        Assert.All(cases, each => Assert.Equal(each.Text, Quantity.Text(each.Value, each.Unit)));
    }

    [Fact]
    public void A_moving_range_on_the_log_scale_reads_as_a_factor() => Assert.Equal("×1.42", Quantity.Factor(Math.Exp(0.3507)));

    public sealed record Case(double Value, string Unit, string Text);
}

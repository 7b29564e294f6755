using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Tests.Charts;
using LLMscope.Spc;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Tests;

public class ViolationExplanationTests
{
    [Theory]
    [InlineData(0, 1.5)]
    [InlineData(0, 0.6)]
    [InlineData(0.7, 2)]
    [InlineData(0.7, 0.5)]
    public void The_change_is_told_on_its_own_side_and_about_as_large_as_it_is(double dependence, double factor)
    {
        var run = new ChartRun().Add(Dependent(dependence, 500, seed: 51));
        Assert.Equal(dependence == 0, run.Baselines[^1].Estimate.Model!.Forecast is NoForecast);

        var usual = Dependent(dependence, 60, seed: 52);
        run.Add(usual.Select(value => value * factor));

        var violation = run.Violations.First(violation => violation.OpenedNumber > 500);
        var explanation = ViolationExplanation.Of(
            violation, run.Baselines[^1], run.Chart.Detection, [.. run.Points.Where(point => point.Number <= violation.OpenedNumber)]);
        Assert.Equal(factor > 1 ? Direction.Up : Direction.Down, violation.Direction);
        Assert.Equal(Math.Sign(factor - 1), Math.Sign(explanation.Shift!.InSigma.Value));
        Assert.Equal(Math.Sign(factor - 1), Math.Sign(explanation.Shift.InUnit.Value));
        Assert.InRange(violation.Shift!.Value, Math.Min(0, factor - 1) * 1.5, Math.Max(0, factor - 1) * 1.5);
        Assert.All(explanation.Rules.Where(rule => run.Chart.Detection!.Alerting.HasFlag(rule.Rule) && rule.Rule != RuleSet.Level), rule => Assert.True(rule.OnceInPoints > 1_000));
    }

    // Latencies around one second whose logarithms follow each other.
    private static double[] Dependent(double dependence, int count, int seed)
    {
        double level = 0;
        return [.. Values.Normal(count + 50, seed).Select(noise => level = (dependence * level) + (0.1 * noise)).Skip(50).Select(Math.Exp)];
    }
}

using LLMscope.Spc.Individuals;

namespace LLMscope.Spc.Tests.Individuals;

public class TextbookIndividualsTests
{
    [Theory]
    [InlineData("viscosity-I")]
    [InlineData("viscosity-I-clean")]
    public void The_viscosity_of_the_batches_comes_out_as_printed(string id)
    {
        var chart = TextbookChart.Of(id);

        var baseline = IndividualsBaseline.Estimate(chart.Points, Transform.None, BaselineEstimator.MovingRange);

        chart.Agrees("center", baseline.Centre);
        chart.Agrees("sigma", baseline.Sigma);
        chart.Agrees("LCL", baseline.Limits.Lower3);
        chart.Agrees("UCL", baseline.Limits.Upper3);
        var beyond = chart.Points.Select((value, index) => (value, index)).Where(point => FalseAlarms.IsBeyond(baseline.Limits, point.value));
        Assert.Equal(chart.Beyond, beyond.Select(point => point.index + 1));
    }
}

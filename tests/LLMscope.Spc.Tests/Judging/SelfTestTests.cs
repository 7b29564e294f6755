using LLMscope.Spc.Baselines;
using LLMscope.Spc.Cusum;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Tests.Judging;

public class SelfTestTests
{
    private static readonly Detection Classic = Detection.Classic with { Alerting = RuleSet.R1 | RuleSet.R2 | RuleSet.R5 | RuleSet.R6 };

    [Fact]
    public void Independent_normal_points_raise_about_as_many_violations_as_announced()
    {
        var values = Normals(5_000, seed: 7);
        var model = Analyse(values);

        var test = SelfTest.Run(model, Classic, values, Contexts(values.Length))!;

        var announced = DetectionAlarms.Expected(Classic, model, 1).Expected;
        Assert.InRange(test.Rate.Value, announced / 1.4, announced * 1.4);
        Assert.True(test.Rate.Lower < test.Rate.Value && test.Rate.Value < test.Rate.Upper);
        Assert.True(test.Points >= 20_000);
    }

    [Fact]
    public void Dependence_that_the_model_leaves_out_shows_as_more_violations()
    {
        var values = Dependent(3_000, 0.7, seed: 8);
        var model = ProcessModel.Classic(Transform.None, 0, 1 / Math.Sqrt(1 - 0.49), values.Length);

        var test = SelfTest.Run(model, Classic, values, Contexts(values.Length))!;

        Assert.True(test.Rate.Lower > 2 * DetectionAlarms.Expected(Classic, model, 1).Expected);
    }

    [Fact]
    public void A_forecast_is_taken_up_as_it_was_before_each_block()
    {
        var values = Dependent(3_000, 0.7, seed: 9);
        var model = Analyse(values);
        Assert.IsNotType<NoForecast>(model.Forecast);

        var test = SelfTest.Run(model, Classic, values, Contexts(values.Length))!;

        var announced = DetectionAlarms.Expected(Classic, model, 1).Expected;
        Assert.InRange(test.Rate.Value, announced / 1.7, announced * 1.7);
    }

    [Fact]
    public void The_same_seed_gives_the_same_answer_and_an_alarm_that_never_came_has_an_upper_bound()
    {
        var values = Normals(1_000, seed: 10);
        var model = Analyse(values);
        var sum = new Detection { Alerting = RuleSet.Cusum, Cusum = new CusumParameters(0.5, 40) };

        var test = SelfTest.Run(model, sum, values, Contexts(values.Length), points: 20_000)!;

        Assert.Equal(test, SelfTest.Run(model, sum, values, Contexts(values.Length), points: 20_000));
        Assert.Equal((0, 0, 0), (test.Alarms, test.Rate.Value, test.Rate.Lower));
        Assert.Equal(2.9957 / 20_000, test.Rate.Upper, 1e-8); // -ln 0.05
    }

    [Fact]
    public void Too_few_points_are_no_test() => Assert.Null(SelfTest.Run(Analyse(Normals(300, 1)), Classic, Normals(30, 2), Contexts(30)));

    private static ProcessModel Analyse(double[] values) => PhaseOne.Analyse(values, Contexts(values.Length), PhaseOneOptions.Default).Model!;

    private static PointContext[] Contexts(int count) => [.. Enumerable.Range(0, count).Select(i => PointContext.At(DateTime.UnixEpoch.AddMinutes(i)))];

    private static double[] Normals(int count, int seed) => Dependent(count, 0, seed);

    private static double[] Dependent(int count, double coefficient, int seed)
    {
        var random = new Random(seed);
        var values = new double[count];
        double last = 0;
        for (var i = 0; i < count; i++)
            values[i] = last = (coefficient * last) + MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1);
        return values;
    }
}

using LLMscope.Spc.Individuals;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Tests.Individuals;

/// <summary>The estimators on 42 recorded series: three latencies of 14 hosted models, in the order of the calls.</summary>
public class RealLatencyTests
{
    private static readonly string[] Latencies = ["ttft_seconds", "inter_token_seconds", "duration_seconds"];

    private static readonly double[][] Series =
    [
        .. from endpoint in TestTables.Rows("llm-latencies.csv").GroupBy(row => row["endpoint"])
           from latency in Latencies
           select endpoint.Select(row => TestTables.Number(row[latency])).Where(value => value > 0).ToArray(),
    ];

    [Fact]
    public void A_hundred_good_calls_give_limits_for_every_series()
    {
        Assert.Equal(42, Series.Length);
        Assert.All(Series, values =>
        {
            var baseline = IndividualsBaseline.Estimate(values.AsSpan(0, 100), Transform.Log);

            Assert.True(baseline.HasLimits && baseline.Limits.AreOrdered);
            Assert.True(baseline.Excluded.Count <= 2);
        });
    }

    [Fact]
    public void Robust_limits_raise_far_fewer_false_alarms_than_moving_ranges()
    {
        var robust = Series.Average(values => FlaggedPerTenThousand(values, BaselineEstimator.Robust));
        var classic = Series.Average(values => FlaggedPerTenThousand(values, BaselineEstimator.MovingRange));

        Assert.InRange(robust, 150, 200);
        Assert.True(classic > 1.5 * robust, $"{classic} against {robust}");
    }

    private static double FlaggedPerTenThousand(double[] values, BaselineEstimator estimator)
    {
        var baseline = IndividualsBaseline.Estimate(values.AsSpan(0, 100), Transform.Log, estimator);
        var rules = new NelsonRules(baseline.Limits, RuleSet.R1);
        return 10_000.0 * values.Skip(100).Count(value => rules.Judge(value).Any) / (values.Length - 100);
    }
}

using System.Diagnostics;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Tests.Individuals;

namespace LLMscope.Spc.Tests.Baselines;

public class ChangePointScanTests
{
    [Fact]
    public void Clean_normal_noise_is_one_stretch()
    {
        var whole = Enumerable.Range(0, 200).Count(seed => ChangePointScan.Scan(NormalSample.Of(1_000, seed)).Count == 1);

        Assert.True(whole >= 195, $"{whole} of 200");
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    [InlineData(-0.5)]
    public void Autocorrelated_noise_is_not_cut_to_pieces(double autocorrelation)
    {
        var whole = Enumerable.Range(0, 200).Count(seed => ChangePointScan.Scan(Autoregression(1_000, autocorrelation, seed)).Count == 1);

        Assert.True(whole >= 190, $"{whole} of 200");
    }

    [Fact]
    public void A_shift_of_one_standard_deviation_is_found_within_a_few_points()
    {
        var distances = new List<int>();
        for (var seed = 0; seed < 100; seed++)
        {
            var stretches = ChangePointScan.Scan(Shifted(NormalSample.Of(2_000, seed), at: 1_200, by: 1));

            Assert.Equal(2, stretches.Count);
            distances.Add(Math.Abs(stretches[1].First - 1_200));
        }

        distances.Sort();
        Assert.InRange(distances[50], 0, 4);
        Assert.InRange(distances[94], 0, 20);
    }

    [Fact]
    public void A_shift_is_found_in_autocorrelated_noise_too()
    {
        var found = Enumerable.Range(0, 100).Count(seed =>
            ChangePointScan.Scan(Shifted(Autoregression(2_000, 0.5, seed), at: 800, by: 1.5)) is [_, { First: > 750 and < 850 }]);

        Assert.InRange(found, 95, 100);
    }

    [Fact]
    public void Every_index_belongs_to_one_stretch_also_where_values_are_missing()
    {
        var values = Shifted(Shifted(NormalSample.Of(600, 1), at: 200, by: 3), at: 400, by: 3);
        foreach (var missing in new[] { 0, 1, 50, 199, 200, 201, 598, 599 })
            values[missing] = double.NaN;

        var stretches = ChangePointScan.Scan(values);

        Assert.Equal(3, stretches.Count);
        Assert.Equal(0, stretches[0].First);
        Assert.Equal(599, stretches[^1].Last);
        Assert.All(stretches.Zip(stretches.Skip(1)), pair => Assert.Equal(pair.First.Last + 1, pair.Second.First));
        Assert.Equal(592, stretches.Sum(stretch => stretch.Count));
        Assert.Equal([0, 3, 6], stretches.Select(stretch => Math.Round(stretch.Median)));
    }

    [Fact]
    public void No_stretch_is_shorter_than_asked()
    {
        var values = Shifted(Shifted(NormalSample.Of(500, 2), at: 200, by: 8), at: 230, by: -8);

        Assert.All(ChangePointScan.Scan(values), stretch => Assert.True(stretch.Count >= 50));
        Assert.Equal(3, ChangePointScan.Scan(values, shortest: 20).Count);
    }

    [Fact]
    public void The_best_of_all_partitions_is_found()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var values = Shifted(Shifted(NormalSample.Of(60, seed), at: 20, by: 2), at: 35, by: -1.5);

            Assert.Equal(CheapestByTrial(values, penalty: 6, shortest: 5), CostOf(values, OptimalPartition.Cuts(values, 6, 5), 6), tolerance: 1e-9);
        }
    }

    [Fact]
    public void Outliers_and_skewness_are_no_change()
    {
        var values = NormalSample.Of(1_000, 5).Select(score => Math.Exp(1.5 * score)).ToArray();
        for (var i = 300; i < 320; i += 2)
            values[i] = 1e9;

        Assert.Single(ChangePointScan.Scan(values));
    }

    [Fact]
    public void A_scan_sees_order_only()
    {
        var values = Shifted(NormalSample.Of(500, 6), at: 250, by: 1.5);

        Assert.Equal(
            ChangePointScan.Scan(values).Select(stretch => stretch.First),
            ChangePointScan.Scan([.. values.Select(Math.Exp)]).Select(stretch => stretch.First));
    }

    [Fact]
    public void Values_that_do_not_vary_are_one_stretch_and_none_are_no_stretch()
    {
        Assert.Equal([new StableStretch(0, 299, 300, 7)], ChangePointScan.Scan([.. Enumerable.Repeat(7.0, 300)]));
        Assert.Equal([new StableStretch(0, 1, 0, double.NaN)], ChangePointScan.Scan([double.NaN, double.NaN]));
        Assert.Empty(ChangePointScan.Scan([]));
        Assert.Null(ChangePointScan.LongestStableStretch([]));
    }

    [Fact]
    public void A_step_between_two_constants_is_cut_where_it_is()
        => Assert.Equal([0, 120], ChangePointScan.Scan([.. Enumerable.Repeat(1.0, 120), .. Enumerable.Repeat(2.0, 100)]).Select(stretch => stretch.First));

    [Fact]
    public void The_longest_stretch_wins_and_of_nearly_equal_ones_the_latest()
    {
        StableStretch At(int first, int count) => new(first, first + count - 1, count, 0);

        Assert.Equal(0, ChangePointScan.Longest([At(0, 500), At(500, 200)])!.Value.First);
        Assert.Equal(500, ChangePointScan.Longest([At(0, 500), At(500, 460), At(960, 100)])!.Value.First);
    }

    [Fact]
    public void Two_thousand_points_take_milliseconds_and_a_hundred_thousand_not_for_ever()
    {
        Assert.InRange(Fastest(NormalSample.Of(2_000, 7)), 0, 5);

        var values = Shifted(NormalSample.Of(100_000, 8), at: 61_234, by: 1);
        Assert.InRange(Fastest(values), 0, 1_000);
        Assert.InRange(ChangePointScan.Scan(values)[1].First, 61_214, 61_254);
    }

    [Fact]
    public void Of_fourteen_recorded_models_only_one_changed_its_level()
    {
        var cut = TestTables.Rows("llm-latencies.csv").GroupBy(row => row["endpoint"])
            .Select(calls => (Endpoint: calls.Key, Stretches: ChangePointScan.Scan([.. calls.Select(call => TestTables.Number(call["duration_seconds"]))])))
            .Where(scan => scan.Stretches.Count > 1).ToArray();

        var (endpoint, stretches) = Assert.Single(cut);
        Assert.Equal("replicate/llama-2-13b-chat", endpoint);
        Assert.Equal([11.75, 6.33], stretches.Select(stretch => Math.Round(stretch.Median, 2)));
    }

    private static double Fastest(double[] values)
        => Enumerable.Range(0, 20).Min(_ =>
        {
            var clock = Stopwatch.GetTimestamp();
            ChangePointScan.Scan(values);
            return Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
        });

    private static double[] Shifted(double[] values, int at, double by)
        => [.. values.Select((value, index) => index < at ? value : value + by)];

    private static double[] Autoregression(int count, double autocorrelation, int seed)
    {
        var values = NormalSample.Of(count, seed);
        for (var i = 1; i < count; i++)
            values[i] = (autocorrelation * values[i - 1]) + (Math.Sqrt(1 - (autocorrelation * autocorrelation)) * values[i]);
        return values;
    }

    private static double CheapestByTrial(double[] values, double penalty, int shortest)
    {
        var best = Enumerable.Repeat(double.PositiveInfinity, values.Length + 1).ToArray();
        for (var end = shortest; end <= values.Length; end++)
        {
            best[end] = CostOf(values[..end], [], penalty);
            for (var cut = shortest; cut <= end - shortest; cut++)
                best[end] = Math.Min(best[end], best[cut] + penalty + CostOf(values[cut..end], [], penalty));
        }

        return best[^1];
    }

    private static double CostOf(double[] values, IReadOnlyList<int> cuts, double penalty)
    {
        int[] edges = [0, .. cuts, values.Length];
        double cost = penalty * cuts.Count;
        for (var i = 1; i < edges.Length; i++)
        {
            var part = values[edges[i - 1]..edges[i]];
            cost += part.Sum(value => value * value) - (part.Sum() * part.Sum() / part.Length);
        }

        return cost;
    }
}

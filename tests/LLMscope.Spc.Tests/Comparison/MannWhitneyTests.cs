using FsCheck;
using FsCheck.Fluent;
using LLMscope.Spc.Comparison;
using LLMscope.Spc.Tests.Individuals;

namespace LLMscope.Spc.Tests.Comparison;

public class MannWhitneyTests
{
    // Hollander and Wolfe (1973), 69f: permeability constants of the human chorioamnion, at term and at 12 to 26 weeks. Data of R's wilcox.test.
    private static readonly double[] AtTerm = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    private static readonly double[] Earlier = [1.15, 0.88, 0.90, 0.74, 1.21];

    // R's airquality data set: ozone in May and in August 1973.
    private static readonly double[] May =
        [41, 36, 12, 18, double.NaN, 28, 23, 19, 8, double.NaN, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, double.NaN, double.NaN, double.NaN, 23, 45, 115, 37];
    private static readonly double[] August =
        [39, 9, 16, 78, 35, 66, 122, 89, 110, double.NaN, double.NaN, 44, 28, 65, double.NaN, 22, 59, 23, 31, 44, 21, 9, double.NaN, 45, 168, 73, double.NaN, 76, 118, 84, 85];

    [Fact]
    public void Untied_values_give_the_exact_p_of_the_R_documentation()
    {
        var test = MannWhitney.Compare(Earlier, AtTerm);

        Assert.True(test.IsExact);
        Assert.Equal(35, test.U);
        Assert.Equal(0.1272, test.P / 2, precision: 4); // printed one-sided
    }

    [Fact]
    public void The_shift_and_its_interval_are_those_of_Hollander_and_Wolfe()
    {
        var shift = MannWhitney.Compare(Earlier, AtTerm).Shift;

        Assert.Equal(0.305, shift.Value, precision: 9);
        Assert.Equal(-0.15, shift.Lower, precision: 9);
        Assert.Equal(0.76, shift.Upper, precision: 9);
    }

    [Fact]
    public void Tied_values_give_the_corrected_p_of_the_R_documentation()
    {
        var test = MannWhitney.Compare(August, May);

        Assert.False(test.IsExact);
        Assert.Equal((26, 26), (test.Before, test.After));
        Assert.Equal(127.5, test.U);
        Assert.Equal(0.0001208, test.P, precision: 7);
    }

    [Fact]
    public void The_exact_distribution_is_that_of_all_orders()
    {
        // Mann and Whitney (1947), Table I for n = 3: P(U <= u) for m = 3 is 0.05, 0.10, 0.20, 0.35, 0.50.
        var distribution = new RankSumDistribution(3, 3);

        Assert.Equal([0.05, 0.10, 0.20, 0.35, 0.50], Enumerable.Range(0, 5).Select(u => Math.Round(distribution.AtMost(u), 12)));
        Assert.Equal(1, new RankSumDistribution(49, 49).AtMost(49 * 49));
        Assert.Equal(0.5, new RankSumDistribution(49, 49).AtMost((49 * 49 / 2)), tolerance: 0.002);
    }

    [Fact]
    public void Any_ranked_difference_equals_the_one_of_the_sorted_list()
        => ForTwoSamples((before, after) =>
        {
            var (first, second) = (new SortedSample(before), new SortedSample(after));
            var differences = before.SelectMany(x => after.Select(y => y - x)).Order().ToArray();

            for (var rank = 1; rank <= differences.Length; rank += 1 + (differences.Length / 10))
                Assert.Equal(differences[rank - 1], HodgesLehmannShift.Difference(first.Values, second.Values, rank));
        });

    [Fact]
    public void U_and_delta_equal_the_count_over_all_pairs()
        => ForTwoSamples((before, after) =>
        {
            var test = MannWhitney.Compare(before, after);
            var signs = before.Select(x => after.Select(y => (double)Math.Sign(y - x)).ToArray()).ToArray();

            Assert.Equal(signs.Sum(row => row.Average()) / before.Length, test.Delta.Value, precision: 9);
            Assert.Equal((test.Delta.Value + 1) / 2, test.Superiority, precision: 9);
            Assert.InRange(test.Delta.Value, test.Delta.Lower, test.Delta.Upper);
        });

    [Fact]
    public void The_variance_of_delta_is_Cliffs_over_all_pairs()
        => ForTwoSamples((before, after) =>
        {
            if (before.Length < 2 || after.Length < 2)
                return;

            double m = before.Length, n = after.Length;
            var rows = before.Select(x => after.Average(y => Math.Sign(y - x))).ToArray();
            var columns = after.Select(y => before.Average(x => Math.Sign(y - x))).ToArray();
            var delta = rows.Average();
            var pairs = before.Sum(x => after.Sum(y => Math.Pow(Math.Sign(y - x) - delta, 2)));
            var expected = ((n * n * rows.Sum(d => (d - delta) * (d - delta))) + (m * m * columns.Sum(d => (d - delta) * (d - delta))) - pairs)
                / (m * n * (m - 1) * (n - 1));

            Assert.Equal(expected, Dominance.Of(new SortedSample(before).Values, new SortedSample(after).Values).Variance, precision: 9);
        });

    [Fact]
    public void Swapping_the_samples_mirrors_every_effect()
        => ForTwoSamples((before, after) =>
        {
            var (there, back) = (MannWhitney.Compare(before, after), MannWhitney.Compare(after, before));

            Assert.Equal(there.P, back.P, precision: 9);
            Assert.Equal(there.Superiority, 1 - back.Superiority, precision: 9);
            Assert.Equal(there.Delta.Lower, -back.Delta.Upper, precision: 9);
            Assert.Equal(there.Shift.Value, -back.Shift.Value, precision: 9);
            Assert.Equal(there.Shift.Lower, -back.Shift.Upper, precision: 9);
        });

    [Fact]
    public void A_change_of_unit_changes_the_shift_alone()
        => ForTwoSamples((before, after) =>
        {
            var (seconds, milliseconds) = (MannWhitney.Compare(before, after), MannWhitney.Compare([.. before.Select(x => 1024 * x)], [.. after.Select(y => 1024 * y)]));

            Assert.Equal((seconds.P, seconds.U, seconds.Delta), (milliseconds.P, milliseconds.U, milliseconds.Delta));
            Assert.Equal(seconds.Shift.Map(value => 1024 * value), milliseconds.Shift);
        });

    [Fact]
    public void Intervals_hold_the_truth_as_often_as_they_say()
    {
        int shifts = 0, deltas = 0;
        for (var seed = 0; seed < 1_000; seed++)
        {
            var test = MannWhitney.Compare(NormalSample.Of(60, 2 * seed), NormalSample.Of(80, (2 * seed) + 1, mean: 0.5));

            shifts += test.Shift.Excludes(0.5) ? 0 : 1;
            deltas += test.Delta.Excludes(0.276326) ? 0 : 1; // 2 Phi(0.5 / sqrt(2)) - 1
        }

        Assert.InRange(shifts, 930, 970);
        Assert.InRange(deltas, 930, 970);
    }

    [Fact]
    public void Samples_without_an_overlap_still_leave_room_for_one()
    {
        var delta = MannWhitney.Compare([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [11, 12, 13, 14, 15, 16, 17, 18, 19, 20]).Delta;

        Assert.Equal(1, delta.Value);
        Assert.InRange(delta.Lower, 0.44, 0.45); // (10 - 1.96^2) / (10 + 1.96^2)
        Assert.Equal(1, delta.Upper);
    }

    [Fact]
    public void Equal_constants_show_nothing_and_no_values_tell_nothing()
    {
        var constants = MannWhitney.Compare([5, 5, 5], [5, 5]);
        var nothing = MannWhitney.Compare([double.NaN], [1, 2]);

        Assert.Equal((1, 0.5, 0), (constants.P, constants.Superiority, constants.Shift.Value));
        Assert.Equal((double.NaN, false), (nothing.P, nothing.Delta.IsKnown));
    }

    [Fact]
    public void A_million_values_are_compared_without_listing_their_pairs()
    {
        var test = MannWhitney.Compare(NormalSample.Of(500_000, 1), NormalSample.Of(500_000, 2, mean: 0.01));

        Assert.Equal(0.01, test.Shift.Value, tolerance: 0.004);
        Assert.False(test.Shift.Excludes(0.01));
    }

    private static void ForTwoSamples(Action<double[], double[]> holds)
    {
        var sample = Gen.Choose(-20, 20).Select(step => step / 4.0).NonEmptyListOf().Select(values => values.ToArray());
        Prop.ForAll(sample.Two().ToArbitrary(), samples => holds(samples.Item1, samples.Item2)).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }
}

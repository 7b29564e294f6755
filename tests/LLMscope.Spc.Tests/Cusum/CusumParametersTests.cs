using FsCheck;
using FsCheck.Fluent;
using LLMscope.Spc.Cusum;
using LLMscope.Spc.Tests.Rules;

namespace LLMscope.Spc.Tests.Cusum;

public class CusumParametersTests
{
    private static readonly CusumParameters Sensitive = new(k: 0.25, h: 2, headStart: 1, cap: 3);

    [Fact]
    public void The_piston_rings_of_Montgomery_come_out_the_same()
    {
        var example = WorkedExample.Of("pistonrings-cusum");
        var limits = WorkedExample.Of("pistonrings-ewma");
        var (centre, sigma) = (limits.Computed("center"), limits.Computed("sigma") / Math.Sqrt(5));
        var scores = WorkedExample.Of("pistonrings-xbar-R").Rows.Select(ring => (ring.Average() - centre) / sigma);

        var points = Chart(new CusumParameters(k: 0.5, h: 5), scores);

        EqualWithin(1e-9, example.ComputedSeries("pos"), points.Select(point => point.Upper));
        EqualWithin(1e-9, example.ComputedSeries("neg"), points.Select(point => -point.Lower));
        Assert.Equal([36, 37, 38, 39], Enumerable.Range(0, 40).Where(index => points[index].Signal == Direction.Up));
        Assert.DoesNotContain(points, point => point.Signal == Direction.Down);
    }

    [Fact]
    public void The_change_is_dated_to_the_point_after_the_last_zero()
    {
        var parameters = new CusumParameters(k: 0.5, h: 4);

        var up = Chart(parameters, [0.2, -1, 0, 2, 2, 2, 2]);
        var down = Chart(parameters, [0.2, 1, 0, -2, -2, -2, -2]);

        Assert.Equal([Direction.None, Direction.Up, Direction.Up], up.Skip(4).Select(point => point.Signal));
        Assert.Equal([0, 2, 3], up.Skip(4).Select(point => point.ChangeBegan));
        Assert.Equal([Direction.None, Direction.Down, Direction.Down], down.Skip(4).Select(point => point.Signal));
        Assert.Equal([0, 2, 3], down.Skip(4).Select(point => point.ChangeBegan));
    }

    [Fact]
    public void A_sum_on_the_threshold_is_no_signal()
    {
        var points = Chart(new CusumParameters(k: 0.5, h: 2), [1.5, 1.5, 0.75]);

        Assert.Equal([1.0, 2.0, 2.25], points.Select(point => point.Upper));
        Assert.Equal([Direction.None, Direction.None, Direction.Up], points.Select(point => point.Signal));
    }

    [Fact]
    public void A_head_start_is_armed_at_the_start_and_again_after_a_break()
    {
        var parameters = new CusumParameters(k: 0.5, h: 4, headStart: 2);
        var memory = parameters.Start();

        var first = parameters.Step(ref memory, 1);
        parameters.Break(ref memory);
        var afterBreak = parameters.Step(ref memory, 1);

        Assert.Equal(new CusumPoint(2.5, 0.5, Direction.None, 0), first);
        Assert.Equal(first, afterBreak);
    }

    [Fact]
    public void A_capped_chart_recovers_soon_after_a_long_shift()
    {
        double[] values = [.. Enumerable.Repeat(3.0, 1_000), .. Enumerable.Repeat(0.0, 40)];

        var textbook = Chart(new CusumParameters(k: 0.5, h: 5), values);
        var capped = Chart(new CusumParameters(k: 0.5, h: 5, cap: 10), values);

        Assert.Equal(textbook.Take(1_000).Select(point => point.Signal), capped.Take(1_000).Select(point => point.Signal));
        Assert.Equal(Direction.Up, textbook[^1].Signal);
        Assert.Equal(9, capped.Skip(1_000).Count(point => point.Signal == Direction.Up));
        Assert.Equal(999, capped[999].ChangeBegan);
    }

    [Fact]
    public void A_sum_capped_at_the_threshold_signals_as_long_as_the_shift_lasts()
    {
        var points = Chart(new CusumParameters(k: 0.5, h: 5, cap: 5), [.. Enumerable.Repeat(3.0, 10), 0]);

        Assert.All(points.Skip(2).Take(8), point => Assert.Equal(Direction.Up, point.Signal));
        Assert.Equal(Direction.None, points[^1].Signal);
    }

    [Fact]
    public void Where_both_sums_are_beyond_the_threshold_the_later_change_is_signalled()
    {
        double[] values = [.. Enumerable.Repeat(3.0, 20), .. Enumerable.Repeat(-3.0, 3)];

        var last = Chart(new CusumParameters(k: 0.5, h: 5), values)[^1];

        Assert.True(last.Upper > 5 && last.Lower > 5);
        Assert.Equal((Direction.Down, 2), (last.Signal, last.ChangeBegan));
    }

    [Fact]
    public void A_reflection_swaps_up_and_down_and_nothing_else()
        => Holds(values => Assert.Equal(
            Chart(Sensitive, values).Select(Mirrored), Chart(Sensitive, values.Select(value => -value))));

    [Fact]
    public void Saving_and_restoring_at_any_point_changes_nothing()
        => Holds(values =>
        {
            var straight = Sensitive.Start();
            var saved = Sensitive.Start();
            foreach (var value in values)
            {
                var restored = new CusumMemory
                {
                    Upper = saved.Upper,
                    Lower = saved.Lower,
                    UpperPoints = saved.UpperPoints,
                    LowerPoints = saved.LowerPoints,
                };
                Assert.Equal(Sensitive.Step(ref straight, value), Sensitive.Step(ref restored, value));
                saved = restored;
            }
        });

    [Fact]
    public void Later_points_never_change_an_earlier_one()
        => Holds(values => Assert.Equal(
            Chart(Sensitive, values).Take(values.Length / 2), Chart(Sensitive, values.Take(values.Length / 2))));

    [Fact]
    public void A_missing_score_is_skipped()
        => Holds(values =>
        {
            var present = Chart(Sensitive, values.Where(value => !double.IsNaN(value)));

            Assert.Equal(present, Chart(Sensitive, values).Where((_, index) => !double.IsNaN(values[index])));
            Assert.All(Chart(Sensitive, values).Where((_, index) => double.IsNaN(values[index])), point => Assert.Equal(Direction.None, point.Signal));
        });

    [Fact]
    public void An_infinite_score_is_refused_and_leaves_the_memory_as_it_was()
    {
        var memory = Sensitive.Start();

        Assert.Throws<ArgumentOutOfRangeException>(() => Sensitive.Step(ref memory, double.NegativeInfinity));
        Assert.Equal(Sensitive.Start(), memory);
    }

    [Theory]
    [InlineData(-0.1, 5, 0, 10)]
    [InlineData(0.5, 0, 0, 10)]
    [InlineData(0.5, 5, -1, 10)]
    [InlineData(0.5, 5, 3.1, 10)]
    [InlineData(0.5, 5, 0, 4.9)]
    [InlineData(double.NaN, 5, 0, 10)]
    public void Impossible_parameters_are_refused(double k, double h, double headStart, double cap)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new CusumParameters(k, h, headStart, cap));

    [Fact]
    public void A_memory_has_24_bytes_and_a_step_allocates_nothing()
    {
        var memory = Sensitive.Start();
        Sensitive.Step(ref memory, 0);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            Sensitive.Step(ref memory, i % 7);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(24, System.Runtime.CompilerServices.Unsafe.SizeOf<CusumMemory>());
    }

    private static CusumPoint Mirrored(CusumPoint point)
        => new(point.Lower, point.Upper, point.Signal switch
        {
            Direction.Up => Direction.Down,
            Direction.Down => Direction.Up,
            _ => Direction.None,
        }, point.ChangeBegan);

    private static CusumPoint[] Chart(CusumParameters parameters, IEnumerable<double> values)
    {
        var memory = parameters.Start();
        return [.. values.Select(value => parameters.Step(ref memory, value))];
    }

    private static void EqualWithin(double tolerance, IEnumerable<double> expected, IEnumerable<double> actual)
        => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));

    private static void Holds(Action<double[]> property)
        => Check.One(RandomSeries.Thoroughly.WithMaxTest(300), Prop.ForAll(RandomSeries.Values, property));
}

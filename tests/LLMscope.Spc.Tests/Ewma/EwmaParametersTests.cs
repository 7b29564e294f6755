using FsCheck;
using FsCheck.Fluent;
using LLMscope.Spc.Ewma;
using LLMscope.Spc.Tests.Rules;

namespace LLMscope.Spc.Tests.Ewma;

public class EwmaParametersTests
{
    private static readonly EwmaParameters Sensitive = new(lambda: 0.2, l: 1.5);

    // NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.4; the handbook rounds the width of its limits to four digits.
    [Fact]
    public void The_chart_of_the_NIST_handbook_comes_out_the_same()
    {
        var example = WorkedExample.Of("nist-ewma");

        var points = Chart(new EwmaParameters(0.3, 3, EwmaLimits.Fixed), example.Values, target: 50, sigma: 2.0539);

        EqualWithin(1e-9, example.ComputedSeries("ewma").Skip(1), points.Select(point => point.Average));
        EqualWithin(5.1e-3, example.PublishedSeries("ewma").Skip(1), points.Select(point => point.Average));
        Assert.Equal(example.Computed("UCL_exact"), points[0].Upper, tolerance: 1e-9);
        Assert.Equal(example.Computed("LCL_exact"), points[^1].Lower, tolerance: 1e-9);
        Assert.Equal(example.Published("UCL"), points[^1].Upper, tolerance: 5e-4);
        Assert.Equal(example.Published("LCL"), points[^1].Lower, tolerance: 5e-4);
        Assert.All(points, point => Assert.Equal(Direction.None, point.Signal));
    }

    [Fact]
    public void The_piston_rings_of_Montgomery_come_out_the_same()
    {
        var example = WorkedExample.Of("pistonrings-ewma");
        var means = WorkedExample.Of("pistonrings-xbar-R").Rows.Select(ring => ring.Average());

        var points = Chart(
            new EwmaParameters(0.2, 3), means, target: example.Computed("center"), sigma: example.Computed("sigma") / Math.Sqrt(5));

        EqualWithin(1e-9, example.ComputedSeries("ewma"), points.Select(point => point.Average));
        EqualWithin(1e-9, example.ComputedRows("limits").Select(limits => limits[0]), points.Select(point => point.Lower));
        EqualWithin(1e-9, example.ComputedRows("limits").Select(limits => limits[1]), points.Select(point => point.Upper));
        Assert.Equal(Direction.Up, points[^1].Signal);
    }

    [Fact]
    public void The_first_limits_are_narrower_than_the_last()
    {
        var points = Chart(new EwmaParameters(0.2, 3), Enumerable.Repeat(0.0, 60));

        Assert.Equal(0.6, points[0].Upper, precision: 12);  // 3 x 0.2 sigma
        Assert.Equal(1.0, points[^1].Upper, precision: 9);  // 3 x sqrt(0.2 / 1.8) sigma
        Assert.Equal(-points[^1].Upper, points[^1].Lower);
    }

    [Fact]
    public void A_weight_of_one_is_a_Shewhart_chart()
    {
        var points = Chart(new EwmaParameters(1, 3), [2.9, 3.1, -3.1, 3]);

        Assert.Equal([Direction.None, Direction.Up, Direction.Down, Direction.None], points.Select(point => point.Signal));
    }

    [Fact]
    public void A_reflection_swaps_up_and_down_and_nothing_else()
        => Holds(values => Assert.Equal(
            Chart(Sensitive, values).Select(Mirrored), Chart(Sensitive, values.Select(value => -value))));

    [Fact]
    public void Saving_and_restoring_at_any_point_changes_nothing()
        => Holds(values =>
        {
            var straight = default(EwmaMemory);
            var saved = default(EwmaMemory);
            foreach (var value in values)
            {
                var restored = new EwmaMemory { Average = saved.Average, StartUp = saved.StartUp };
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
    public void A_break_forgets_everything_before_it()
        => Holds(values =>
        {
            var memory = default(EwmaMemory);
            foreach (var value in values)
                Sensitive.Step(ref memory, value);

            memory.Break();

            Assert.Equal(default, memory);
        });

    [Fact]
    public void An_infinite_score_is_refused_and_leaves_the_memory_as_it_was()
    {
        var memory = new EwmaMemory { Average = 0.5, StartUp = 0.3 };

        Assert.Throws<ArgumentOutOfRangeException>(() => Sensitive.Step(ref memory, double.PositiveInfinity));
        Assert.Equal(new EwmaMemory { Average = 0.5, StartUp = 0.3 }, memory);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1.01, 3)]
    [InlineData(double.NaN, 3)]
    [InlineData(0.2, 0)]
    [InlineData(0.2, double.PositiveInfinity)]
    public void Impossible_parameters_are_refused(double lambda, double l)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new EwmaParameters(lambda, l));

    [Fact]
    public void A_memory_has_sixteen_bytes_and_a_step_allocates_nothing()
    {
        var memory = default(EwmaMemory);
        Sensitive.Step(ref memory, 0);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            Sensitive.Step(ref memory, i % 7);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(16, System.Runtime.CompilerServices.Unsafe.SizeOf<EwmaMemory>());
    }

    private static EwmaPoint Mirrored(EwmaPoint point)
        => new(-point.Average, -point.Upper, -point.Lower, point.Signal switch
        {
            Direction.Up => Direction.Down,
            Direction.Down => Direction.Up,
            _ => Direction.None,
        });

    private static EwmaPoint[] Chart(EwmaParameters parameters, IEnumerable<double> values, double target = 0, double sigma = 1)
    {
        var memory = default(EwmaMemory);
        return [.. values.Select(value => parameters.Step(ref memory, value, target, sigma))];
    }

    private static void EqualWithin(double tolerance, IEnumerable<double> expected, IEnumerable<double> actual)
        => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));

    private static void Holds(Action<double[]> property)
        => Check.One(RandomSeries.Thoroughly.WithMaxTest(300), Prop.ForAll(RandomSeries.Values, property));
}

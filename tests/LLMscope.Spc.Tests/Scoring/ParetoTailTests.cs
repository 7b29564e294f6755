using LLMscope.Spc.Scoring;

namespace LLMscope.Spc.Tests.Scoring;

public class ParetoTailTests
{
    [Theory]
    [InlineData(-0.1)]
    [InlineData(0.001)]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public void Many_excesses_give_back_the_tail_that_they_come_from(double shape)
    {
        var tail = new ParetoTail(Excesses(shape, scale: 2, count: 4_000));

        foreach (var share in (ReadOnlySpan<double>)[0.5, 0.1, 0.02])
        {
            var exact = 2 * (Math.Pow(share, -shape) - 1) / shape;
            Assert.Equal(1, tail.Excess(share) / exact, tolerance: 0.1);
        }
    }

    [Fact]
    public void Share_and_excess_are_each_others_inverse()
    {
        var tail = new ParetoTail(Excesses(shape: 0.2, scale: 0.01, count: 40));

        double excess = 0;
        for (var share = 0.9; share > 1e-10; share /= 3)
        {
            var next = tail.Excess(share, excess);
            Assert.True(next > excess);
            Assert.Equal(1, tail.Beyond(next) / share, tolerance: 1e-6);
            Assert.Equal(tail.Excess(share), next, tolerance: 1e-6 * next);
            excess = next;
        }
    }

    [Fact]
    public void Few_excesses_leave_a_wider_tail_than_many_of_the_same_kind()
    {
        // Evenly spread quantiles, so that only the number differs.
        static double Far(int count) => new ParetoTail(Enumerable.Range(1, count).Select(i => -Math.Log(1 - ((i - 0.5) / count))).ToArray()).Excess(1e-4);

        Assert.True(Far(10) > Far(40) && Far(40) > Far(1_000));
    }

    [Fact]
    public void A_tail_scales_with_its_unit()
    {
        var excesses = Excesses(shape: 0.1, scale: 1, count: 30);
        var (seconds, milliseconds) = (new ParetoTail(excesses), new ParetoTail(Array.ConvertAll(excesses, excess => 1_000 * excess)));

        Assert.Equal(1_000, milliseconds.Excess(0.001) / seconds.Excess(0.001), tolerance: 1e-3);
    }

    [Fact]
    public void One_excess_is_enough() => Assert.True(double.IsFinite(new ParetoTail([0.5]).Excess(1e-12)));

    private static double[] Excesses(double shape, double scale, int count)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, count).Select(_ => scale * (Math.Pow(1 - random.NextDouble(), -shape) - 1) / shape)];
    }
}

using FsCheck;
using FsCheck.Fluent;
using LLMscope.Spc.Attributes;

namespace LLMscope.Spc.Tests.Attributes;

public class BinomialLimitsTests
{
    public static IEnumerable<TheoryDataRow<int, double, int, int, double, double>> Exact
        => TestTables.Rows("attribute-chart-exact-false-alarms.csv").Where(row => row["chart"] == "np").Select(row => new TheoryDataRow<int, double, int, int, double, double>(
            int.Parse(row["n"]),
            TestTables.Number(row["p"]),
            int.Parse(row["UCL_prob_limit(P(X>UCL)<=0.00135)"]),
            int.Parse(row["LCL_prob_limit(P(X<LCL)<=0.00135)"]),
            TestTables.Number(row["P_above_prob"]),
            TestTables.Number(row["P_below_prob"])));

    [Theory]
    [MemberData(nameof(Exact))]
    public void Limits_and_their_tails_are_those_of_the_table(int units, double probability, int upper, int lower, double above, double below)
    {
        Assert.Equal(upper + 0.5, units * BinomialLimits.Upper(units, probability, 3), precision: 9);
        Assert.Equal(lower - 0.5, units * BinomialLimits.Lower(units, probability, 3), precision: 9);
        Assert.Equal(above, BinomialLimits.Above(units, probability, upper), tolerance: 1e-5 * above);
        Assert.Equal(below, BinomialLimits.Below(units, probability, lower), tolerance: 1e-5 * below);
    }

    [Fact]
    public void Tails_equal_the_sum_of_their_terms()
        => Holds((units, percent) =>
        {
            var probability = percent / 100.0;
            var terms = Terms(units, probability);

            for (var events = 0; events <= units; events++)
            {
                Assert.Equal(terms.Skip(events + 1).Sum(), BinomialLimits.Above(units, probability, events), tolerance: 1e-12);
                Assert.Equal(terms.Take(events).Sum(), BinomialLimits.Below(units, probability, events), tolerance: 1e-12);
            }
        });

    [Fact]
    public void No_line_lets_more_through_than_its_tail_nor_could_be_one_count_nearer()
        => Holds((units, percent) =>
        {
            var probability = percent / 100.0;
            foreach (var (k, tail) in new[] { (1.0, 0.158655253931457), (2.0, 0.0227501319481792), (3.0, 0.00134989803163009) })
            {
                var upper = (int)Math.Floor(units * BinomialLimits.Upper(units, probability, k));
                var lower = (int)Math.Ceiling(units * BinomialLimits.Lower(units, probability, k));

                Assert.True(BinomialLimits.Above(units, probability, upper) <= tail);
                Assert.True(upper == 0 || BinomialLimits.Above(units, probability, upper - 1) > tail);
                Assert.True(BinomialLimits.Below(units, probability, lower) <= tail);
                Assert.True(lower == units || BinomialLimits.Below(units, probability, lower + 1) > tail);
            }
        });

    private static double[] Terms(int units, double probability)
        => [.. Enumerable.Range(0, units + 1).Select(events => MathNet.Numerics.Distributions.Binomial.PMF(probability, units, events))];

    private static void Holds(Action<int, int> property)
        => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Gen.Choose(1, 200).ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), property));
}

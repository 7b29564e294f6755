using FsCheck.Fluent;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Tests.Rules;

/// <summary>What the tests of the rules are worth: every fault that someone could build in is caught by them. The table of it is in docs/mutation.md.</summary>
public class FaultTests
{
    // Drawn with a fixed seed by the generator that the properties of the rules use.
    private static readonly double[][] Series = [.. RandomSeries.Values.Generator.Sample(numberOfSamples: 80, size: 30, seed: new FsCheck.Rnd(1984))];

    private static readonly Lazy<Dictionary<string, (int Vectors, int Series)>> Caught = new(() => Fault.All.ToDictionary(
        fault => fault.ToString(), fault => (VectorsAgainst(fault.Definition), SeriesAgainst(fault.Definition))));

    public static TheoryData<string> Faults => [.. Fault.All.Select(fault => fault.ToString())];

    [Fact]
    public void Without_a_fault_the_definitions_and_the_product_say_the_same()
    {
        Assert.Equal(0, VectorsAgainst(Definition.Exact));
        Assert.Equal(0, SeriesAgainst(Definition.Exact));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_caught_by_vectors_or_by_random_series(string name)
    {
        var (vectors, series) = Caught.Value[name];

        Assert.True(vectors + series > 0);
    }

    [Fact]
    public void The_table_of_faults_is_up_to_date()
    {
        var table = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mutation.md"));

        Assert.All(Fault.All, fault =>
        {
            var (vectors, series) = Caught.Value[fault.ToString()];
            Assert.Contains($"| {fault.Rule} | {fault.What} | {vectors} | {series} |", table);
        });
    }

    private static int VectorsAgainst(Definition definition) => RuleVector.All.Count(vector =>
    {
        var judge = new DefinedJudge(ZoneLimits.Symmetric(vector.Centre, vector.Sigma), vector.Missing, definition);
        return !vector.Values.Select((value, index) =>
        {
            if (vector.Resets.Contains(index))
                judge.Break();
            return judge.Judge(value).Rules;
        }).SequenceEqual(vector.Violated);
    });

    // Both policies for missing values, and lines of which none mirrors another; a break in the middle.
    private static int SeriesAgainst(Definition definition) => Series.Count(values =>
    {
        var limits = new ZoneLimits(-2.25, -1.5, -0.75, 0.25, 1, 2.5, 3.25);
        return Enum.GetValues<MissingPolicy>().Any(missing =>
        {
            var (judge, product) = (new DefinedJudge(limits, missing, definition), new NelsonRules(limits, missing: missing));
            return values.Where((value, index) =>
            {
                if (index == values.Length / 2)
                {
                    judge.Break();
                    product.Break();
                }

                return judge.Judge(value) != product.Judge(value);
            }).Any();
        });
    });
}

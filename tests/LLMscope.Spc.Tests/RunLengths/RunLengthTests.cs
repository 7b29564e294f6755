using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Tests.RunLengths;

public class RunLengthTests
{
    [Fact]
    public void All_255_sets_of_rules_have_the_run_lengths_of_the_table()
    {
        var rows = TestTables.Rows("nelson-arl-subsets.csv").ToArray();

        Assert.Equal(255, rows.Length);
        Assert.All(rows, row =>
        {
            var length = RunLength.Of((RuleSet)int.Parse(row["mask"]));

            Assert.Equal(1, length.Mean / TestTables.Number(row["ARL0"]), tolerance: 1e-6);
            Assert.Equal(1, length.StandardDeviation / TestTables.Number(row["SDRL0"]), tolerance: 1e-6);
            Assert.Equal(TestTables.Number(row["median_RL"]), length.Quantile(0.5));
        });
    }
}

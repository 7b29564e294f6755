using LLMscope.Spc.Cusum;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Tests.RunLengths;

public class CountCusumRunLengthTests
{
    [Fact]
    public void Every_design_of_the_table_has_its_average_run_lengths()
    {
        var rows = TestTables.Rows("poisson-cusum-design.csv").ToArray();

        Assert.Equal(12, rows.Length);
        Assert.All(rows, row =>
        {
            var parameters = new CountCusumParameters(TestTables.Number(row["k"]), TestTables.Number(row["h"]));
            Assert.Equal(1, CountCusumRunLength.PoissonMean(parameters, TestTables.Number(row["m0"])) / TestTables.Number(row["ARL0"]), tolerance: 1e-9);
            Assert.Equal(1, CountCusumRunLength.PoissonMean(parameters, TestTables.Number(row["m1"])) / TestTables.Number(row["ARL1"]), tolerance: 1e-9);
        });
    }
}

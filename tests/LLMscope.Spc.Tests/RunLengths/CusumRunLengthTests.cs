using LLMscope.Spc.Cusum;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Tests.RunLengths;

public class CusumRunLengthTests
{
    [Theory]
    [InlineData(Sides.Upper, "h_one")]
    [InlineData(Sides.Both, "h_two")]
    public void Every_threshold_of_the_table_gives_its_average_run_length(Sides sides, string column)
    {
        var rows = TestTables.Rows("cusum-crit.csv").ToArray();

        Assert.Equal(120, rows.Length);
        Assert.All(rows, row =>
        {
            var parameters = new CusumParameters(TestTables.Number(row["k"]), TestTables.Number(row[column]));
            Assert.Equal(1, CusumRunLength.Mean(parameters, sides: sides) / TestTables.Number(row["ARL0"]), tolerance: 1e-6);
        });
    }

    [Theory]
    [InlineData(Sides.Upper, "h_one")]
    [InlineData(Sides.Both, "h_two")]
    public void Every_threshold_of_the_table_is_found_from_its_average_run_length(Sides sides, string column)
        => Assert.All(TestTables.Rows("cusum-crit.csv"), row =>
        {
            var h = CusumDesign.ThresholdFor(TestTables.Number(row["ARL0"]), TestTables.Number(row["k"]), sides: sides);
            Assert.Equal(1, h / TestTables.Number(row[column]), tolerance: 1e-6);
        });
}

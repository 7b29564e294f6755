using LLMscope.Spc.Ewma;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Tests.RunLengths;

public class EwmaRunLengthTests
{
    [Fact]
    public void Every_width_of_the_table_gives_its_average_run_length()
    {
        var rows = TestTables.Rows("ewma-crit.csv").ToArray();

        Assert.Equal(110, rows.Length);
        Assert.All(rows, row =>
        {
            var parameters = new EwmaParameters(TestTables.Number(row["lambda"]), TestTables.Number(row["L_fixed"]), EwmaLimits.Fixed);
            Assert.Equal(1, EwmaRunLength.Mean(parameters) / TestTables.Number(row["ARL0"]), tolerance: 1e-6);
        });
    }

    [Fact]
    public void Every_width_of_the_table_is_found_from_its_average_run_length()
        => Assert.All(TestTables.Rows("ewma-crit.csv"), row =>
        {
            var width = EwmaDesign.WidthFor(TestTables.Number(row["ARL0"]), TestTables.Number(row["lambda"]));
            Assert.Equal(1, width / TestTables.Number(row["L_fixed"]), tolerance: 1e-6);
        });

    [Fact]
    public void Every_width_of_the_table_for_exact_limits_gives_its_average_run_length()
    {
        var rows = TestTables.Rows("ewma-crit.csv").Where(row => row["L_vacl"] != "NA").ToArray();

        Assert.True(rows.Length > 35);
        Assert.All(rows, row =>
        {
            var parameters = new EwmaParameters(TestTables.Number(row["lambda"]), TestTables.Number(row["L_vacl"]));
            Assert.Equal(1, EwmaRunLength.Mean(parameters) / TestTables.Number(row["ARL0"]), tolerance: 1e-6);
        });
    }
}

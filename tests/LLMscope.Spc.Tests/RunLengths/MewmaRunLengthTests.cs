using LLMscope.Spc.Multivariate;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Tests.RunLengths;

public class MewmaRunLengthTests
{
    [Fact]
    public void Every_limit_of_the_table_gives_its_average_run_length()
    {
        var rows = TestTables.Rows("mewma-design.csv").ToArray();

        Assert.Equal(45, rows.Length);
        Assert.All(rows, row => Assert.Equal(1, MewmaRunLength.Mean(int.Parse(row["p"]), ParametersOf(row)) / TestTables.Number(row["ARL0"]), tolerance: 1e-6));
    }

    [Fact]
    public void Every_limit_of_the_table_is_found()
        => Assert.All(TestTables.Rows("mewma-design.csv"), row =>
        {
            var limit = MewmaDesign.LimitFor(TestTables.Number(row["ARL0"]), int.Parse(row["p"]), TestTables.Number(row["lambda"]));
            Assert.Equal(1, limit / TestTables.Number(row["h4"]), tolerance: 1e-6);
        });

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.1)]
    [InlineData(0.2)]
    public void Every_shift_of_the_table_is_seen_after_as_many_points(double lambda)
        => Assert.All(TestTables.Rows("mewma-design.csv").Where(row => TestTables.Number(row["lambda"]) == lambda), row =>
            Assert.All(new[] { "0.5", "1", "1.5", "2", "3" }, shift =>
            {
                var mean = MewmaRunLength.Mean(int.Parse(row["p"]), ParametersOf(row), TestTables.Number(shift));
                Assert.Equal(1, mean / TestTables.Number(row["ARL_delta_" + shift]), tolerance: 1e-5);
            }));

    private static MewmaParameters ParametersOf(IReadOnlyDictionary<string, string> row)
        => new(TestTables.Number(row["lambda"]), TestTables.Number(row["h4"]));
}

using LLMscope.Dashboard.Comparing;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Dashboard.Tests.Comparing;

public class ComparisonChoiceTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly TestBoard _board = new();
    private readonly ChartSummary _chart;
    private readonly ChartSummary _other;
    private readonly ChartSummary _cost;

    public ComparisonChoiceTests()
    {
        _chart = _board.Add(new Source(Model: "one"), Characteristic.Duration, 1);
        _other = _board.Add(new Source(Model: "two"), Characteristic.Duration, 1);
        _cost = _board.Add(new Source(Model: "one"), Characteristic.Cost, 1);
    }

    [Fact]
    public void A_window_is_compared_with_the_same_length_of_time_before_it()
    {
        var choice = Of(new() { Window = "6h" });

        Assert.Equal(Period(_chart, -12, -6), choice.Before);
        Assert.Equal(Period(_chart, -6, 0), choice.After);
    }

    [Fact]
    public void Two_charts_are_compared_over_the_same_window()
    {
        var choice = Of(new() { Window = "6h", With = "2" });

        Assert.Equal((Period(_chart, -6, 0), Period(_other, -6, 0)), (choice.Before, choice.After));
    }

    [Fact]
    public void A_moment_has_as_much_time_before_it_as_since_and_at_most_a_day()
    {
        Assert.Equal((Period(_chart, -4, -2), Period(_chart, -2, 0)), Of(new() { At = "2026-05-04T10:00:00Z" }) is var near ? (near.Before, near.After) : default);
        Assert.Equal((Period(_chart, -72, -48), Period(_chart, -48, -24)), Of(new() { At = "2026-05-02T12:00:00Z" }) is var far ? (far.Before, far.After) : default);
    }

    [Fact]
    public void The_address_of_two_periods_leads_back_to_them()
    {
        var (before, after) = (Period(_chart, -9, -7), Period(_other, -5, -1));
        var query = System.Web.HttpUtility.ParseQueryString(new Uri("http://x" + ComparisonAddress.Of(before, after)).Query);

        var choice = Of(new()
        {
            With = query["with"],
            BeforeFrom = query["beforeFrom"],
            BeforeTo = query["beforeTo"],
            AfterFrom = query["afterFrom"],
            AfterTo = query["afterTo"],
        });

        Assert.Equal((before, after), (choice.Before, choice.After));
    }

    [Theory]
    [InlineData("3", null, null, "The two charts must be of the same kind and unit.")]
    [InlineData("99", null, null, "There is no chart 99.")]
    [InlineData("x", null, null, "There is no chart x.")]
    [InlineData("", "2026-05-04T13:00:00Z", null, "The moment between before and after must lie in the past.")]
    [InlineData("", "0001-01-01", null, "“0001-01-01” is not a time of this century.")]
    [InlineData("", null, "9999-01-01", "“9999-01-01” is not a time of this century.")]
    [InlineData("", null, "2026-05-04T12:00:00Z", "The time after must begin before it ends.")]
    public void What_is_wrong_is_said_in_words(string with, string? at, string? afterFrom, string problem) =>
        Assert.Equal(problem, Assert.Single(Of(new() { With = with, At = at, AfterFrom = afterFrom }).Problems));

    private ComparisonChoice Of(ComparisonAddress asked)
    {
        Assert.NotNull(_cost);
        return ComparisonChoice.Of(_chart, _board.Board, asked, Now);
    }

    private static ComparedPeriod Period(ChartSummary chart, int from, int to) => new(chart, Now.UtcDateTime.AddHours(from), Now.UtcDateTime.AddHours(to));
}

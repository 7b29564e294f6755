using LLMscope.Dashboard.Charts;
using LLMscope.Dashboard.Pages;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Dashboard.Tests.Charts;

public class OverviewTests
{
    [Fact]
    public async Task Without_charts_the_overview_says_how_to_send_the_first_sample()
    {
        var page = await Screen.ShowAsync<OverviewPage>([]);

        Assert.Contains("No measurements yet", page);
        Assert.Contains("curl -X POST http://localhost:5080/api/v1/samples", page);
        Assert.Contains("--demo", page);
        Assert.Contains("data-wait-first-chart", page);
    }

    [Fact]
    public async Task A_chart_shows_its_name_state_last_value_and_progress()
    {
        var board = new TestBoard();
        board.Add(TestViolations.Model, Characteristic.Duration, 1.5, 0.85);

        var page = await Screen.ShowAsync<OverviewPage>([], board.Board, new DateTimeOffset(TestBoard.Start.AddSeconds(5)));

        Assert.Contains("gpt-4o · openai", page);
        Assert.Contains(">Duration</a>", page);
        Assert.Contains("850 ms", page);
        Assert.Contains("""data-state="collectingBaseline"><span class="word">collecting baseline""", page);
        Assert.Contains("2 of 100 points", page);
        Assert.DoesNotContain("class=\"chip demo\"", page);
    }

    [Fact]
    public async Task A_violation_shows_by_word_and_count()
    {
        var board = new TestBoard();
        board.Add(TestViolations.Model, Characteristic.Duration, [.. TestBoard.Good, 9]);

        var page = await Screen.ShowAsync<OverviewPage>([], board.Board, TestBoard.After(1));

        Assert.Contains("out of control", page);
        Assert.Contains("1 open violation", page);
    }

    [Fact]
    public async Task A_silent_chart_has_no_data_and_is_not_in_control()
    {
        var board = new TestBoard();
        board.Add(TestViolations.Model, Characteristic.Duration, TestBoard.Good);

        var page = await Screen.ShowAsync<OverviewPage>([], board.Board, TestBoard.After(3_600));

        Assert.Contains("""data-state="noData"><span class="word">no data""", page);
        Assert.DoesNotContain("in control", page);
    }

    [Fact]
    public async Task What_the_demonstration_made_is_marked()
    {
        var board = new TestBoard();
        board.Add(TestViolations.Model with { Demo = true }, Characteristic.Duration, 1);

        Assert.Contains("class=\"chip demo\"", await Screen.ShowAsync<OverviewPage>([], board.Board));
    }

    [Fact]
    public void Hosts_come_after_models_and_names_filter()
    {
        var board = new TestBoard();
        board.Add(new Source(Host: "a-host"), "cpu_utilization", 0.5);
        board.Add(TestViolations.Model, Characteristic.Duration, 1);
        board.Add(TestViolations.Model, Characteristic.Cost, 1);

        var all = new ChartShelf(board.Board.Summaries, ChartFilter.Of(null, null, null), TestBoard.After(0));
        var cost = new ChartShelf(board.Board.Summaries, ChartFilter.Of("GPT cost", null, null), TestBoard.After(0));

        Assert.Equal(["gpt-4o", ""], all.Sources.Select(source => source.Key.Model));
        Assert.Equal("Cost", Assert.Single(Assert.Single(cost.Sources)).Chart.Series.Characteristic.Title);
    }

    [Fact]
    public void A_page_has_at_most_two_hundred_charts()
    {
        var board = new TestBoard();
        for (var i = 0; i < 250; i++)
            board.Add(TestViolations.Model with { Model = $"model-{i}" }, Characteristic.Duration, 1);

        var second = new ChartShelf(board.Board.Summaries, ChartFilter.Of(null, null, 2), TestBoard.After(0));

        Assert.Equal(2, second.Pages);
        Assert.Equal(250, second.Total);
        Assert.Equal(50, second.Sources.Sum(source => source.Count()));
    }

    [Fact]
    public void A_filter_keeps_its_words_in_the_address() =>
        Assert.Equal("/?q=gpt%20%26%20co&state=noData&page=3", ChartFilter.Of("gpt & co", null, null).Address("noData", 3));
}

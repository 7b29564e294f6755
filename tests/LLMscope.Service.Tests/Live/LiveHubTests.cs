using System.Text.Json.Nodes;

namespace LLMscope.Service.Tests.Live;

public sealed class LiveHubTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly ServiceHost _host = shared.Host;
    private readonly string _model = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task History_comes_first_then_each_new_point_without_a_gap_or_a_double()
    {
        await _host.SendAsync("duration", [.. Enumerable.Range(1, 50).Select(i => (double)i)], _model);
        var chart = await ChartAsync();
        using var hub = await HubConnection.OpenAsync(_host.Client.BaseAddress!);
        var sending = Task.Run(
            async () =>
            {
                for (var i = 0; i < 40; i++)
                    await _host.PostAsync("/api/v1/samples", $$"""{"model":"{{_model}}","characteristic":"duration","value":{{i + 1}}}""");
            },
            TestContext.Current.CancellationToken);

        await hub.StreamAsync("1", "WatchChart", chart, 20);
        var numbers = new List<int>();
        while (numbers.Count < 70)
        {
            var frame = (await hub.NextAsync("1"))["item"]!;
            Assert.Equal(0, frame["lost"]!.GetValue<int>());
            numbers.AddRange(frame["points"]!.AsArray().Select(point => point!["number"]!.GetValue<int>()));
        }

        await sending;
        Assert.Equal(Enumerable.Range(21, 70), numbers);
    }

    [Fact]
    public async Task A_chart_that_is_not_there_ends_the_stream_with_a_reason()
    {
        using var hub = await HubConnection.OpenAsync(_host.Client.BaseAddress!);

        await hub.StreamAsync("1", "WatchChart", 999_999, 0);

        Assert.Contains("no chart 999999", (await hub.NextAsync("1"))["error"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_board_and_the_violations_are_told_as_they_happen()
    {
        var random = new Random(98);
        await _host.SendAsync("duration", [.. Enumerable.Range(0, 100).Select(_ => 1 + (random.NextDouble() / 5))], _model);
        var chart = await ChartAsync();
        using var hub = await HubConnection.OpenAsync(_host.Client.BaseAddress!);
        await hub.StreamAsync("board", "WatchBoard");
        await hub.StreamAsync("violations", "WatchViolations");
        await hub.StreamAsync("chart", "WatchChart", chart, 100);
        await hub.NextAsync("chart"); // It was asked for last, so the others listen.

        await _host.SendAsync("duration", [1e6], _model);

        JsonNode news;
        do
        {
            news = (await hub.NextAsync("violations"))["item"]!;
        }
        while (news["chartId"]!.GetValue<int>() != chart);
        Assert.Equal("opened", news["change"]!.GetValue<string>());
    }

    private Task<int> ChartAsync() => _host.AskAsync<int>($"SELECT s.id FROM series s JOIN sources o ON o.id = s.source_id WHERE o.model = '{_model}'");
}

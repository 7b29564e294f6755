using System.Net;
using System.Text;
using LLMscope.Monitoring.Charts;

namespace LLMscope.Service.Tests.Samples;

public class IntakeLimitsTests
{
    private const string Path = "/api/v1/samples";

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_whether_it_says_so_or_not()
    {
        await using var host = await ServiceHost.StartAsync(("LLMscope:Intake:LargestBody", "2000"));
        var body = $"[{string.Join(',', Enumerable.Repeat("""{"characteristic":"duration","value":1}""", 100))}]";
        using var chunked = new PieceContent(Encoding.UTF8.GetBytes(body), new Random(1));
        chunked.Headers.ContentType = new("application/json");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await host.PostAsync(Path, body)).Status);
        var answer = await Answer.OfAsync(await host.Client.PostAsync(new Uri(Path, UriKind.Relative), chunked, TestContext.Current.CancellationToken));

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "application/problem+json"), (answer.Status, answer.Message.Content.Headers.ContentType!.MediaType));
        Assert.Equal(0, await host.CountAsync("samples"));
    }

    [Fact]
    public async Task More_items_than_a_document_may_have_are_refused_and_lines_go_on()
    {
        await using var host = await ServiceHost.StartAsync(("LLMscope:Intake:MostItems", "3"));
        var items = Enumerable.Repeat("""{"characteristic":"duration","value":1}""", 4).ToArray();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await host.PostAsync(Path, $"[{string.Join(',', items)}]")).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Path, string.Join('\n', items), "application/x-ndjson")).Status);
        Assert.Equal(4, await host.CountAsync("samples"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_full_inbox_says_when_to_come_again_and_forgets_the_request()
    {
        await using var host = await ServiceHost.StartAsync(("LLMscope:Inbox:Capacity", "1000"));
        await host.SendAsync("duration", [1]);
        var body = $"[{string.Join(',', Enumerable.Repeat("""{"model":"gpt-4o","characteristic":"duration","value":1}""", 600))}]";

        // While the table is locked no commit gets on, so what is sent stays in the inbox.
        await using var blocker = await TableLock.TakeAsync(host, "archiving");
        var first = host.PostAsync(Path, body);
        while (host.Get<Monitoring.Samples.SampleInbox>().Waiting < 600)
            await Task.Yield();

        var second = await host.PostAsync(Path, body);
        await blocker.DisposeAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, second.Status);
        Assert.Equal("1", second.Message.Headers.RetryAfter!.ToString());
        Assert.Equal(HttpStatusCode.Accepted, (await first).Status);
        Assert.Equal(601, await host.CountAsync("samples"));
    }

    [Fact]
    public async Task A_request_that_would_never_fit_into_the_inbox_is_not_told_to_come_again()
    {
        await using var host = await ServiceHost.StartAsync(("LLMscope:Inbox:Capacity", "1000"));
        var body = $"[{string.Join(',', Enumerable.Repeat("""{"characteristic":"duration","value":1}""", 1_001))}]";

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await host.PostAsync(Path, body)).Status);
    }

    [Fact]
    public async Task The_number_of_series_is_bounded_and_known_ones_are_still_taken()
    {
        await using var host = await ServiceHost.StartAsync(("LLMscope:Catalog:LargestNumberOfSeries", "2"));
        string Item(int model) => $$"""{"model":"m{{model}}","characteristic":"duration","value":1}""";

        var all = await host.PostAsync(Path, $"[{Item(1)},{Item(2)},{Item(3)}]");
        Assert.Equal((HttpStatusCode.BadRequest, 0L), (all.Status, await host.CountAsync("series")));
        Assert.Equal(0, host.Get<Monitoring.Samples.SeriesCatalog>().Count);

        var partial = await host.PostAsync($"{Path}?partial=true", $"[{Item(1)},{Item(2)},{Item(3)}]");
        Assert.Equal((2, 1), (partial.Json["accepted"]!.GetValue<int>(), partial.Json["rejected"]!.GetValue<int>()));

        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Path, Item(1))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.PostAsync(Path, Item(4))).Status);
        Assert.Equal(2, host.Get<ChartBoard>().Count);
    }

    [Fact]
    public async Task A_call_beyond_the_last_series_is_left_out_whole()
    {
        await using var host = await ServiceHost.StartAsync(("LLMscope:Catalog:LargestNumberOfSeries", "3"));

        var answer = await host.PostAsync("/api/v1/calls?partial=true", """{"calls":[{"model":"a","durationMs":5},{"model":"b","durationMs":5},{"model":"a","durationMs":6}]}""");

        Assert.Equal((2, 1), (answer.Json["accepted"]!.GetValue<int>(), answer.Json["rejected"]!.GetValue<int>()));
        Assert.Equal((2L, 4L), (await host.CountAsync("calls"), await host.CountAsync("samples")));
        Assert.Equal(2, await host.AskAsync<long>("SELECT count(*) FROM calls c WHERE (SELECT count(*) FROM samples WHERE call_id = c.id) = 2"));
    }
}

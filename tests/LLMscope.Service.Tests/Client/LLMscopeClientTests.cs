using System.Globalization;
using LLMscope.Client;

namespace LLMscope.Service.Tests.Client;

/// <summary>The client library against the whole service.</summary>
public class LLMscopeClientTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_call_arrives_with_all_that_was_measured()
    {
        await using var host = await ServiceHost.StartAsync();
        await using (var client = new LLMscopeClient(new LLMscopeOptions { Address = host.Client.BaseAddress!, Application = "shop", Site = "here" }))
        {
            client.Record(new MeasuredCall
            {
                Time = Now,
                Provider = "openai",
                Model = "gpt-4o",
                ServedModel = "gpt-4o-2024-08-06",
                Operation = "chat",
                Duration = TimeSpan.FromSeconds(2),
                TimeToFirstToken = TimeSpan.FromMilliseconds(500),
                InputTokens = 310,
                OutputTokens = 95,
                CachedTokens = 200,
                HttpStatus = 200,
                Streaming = true,
                ColdStart = true,
                CacheHit = true,
                Attempt = 2,
                TraceId = new string('a', 32),
                PromptHmac = new string('b', 64),
                PromptVersion = "v1",
                CostUsd = 0.01,
                FinishReason = "stop",
            });
            foreach (var fault in Enum.GetValues<CallFault>())
                client.Record(new MeasuredCall { Time = Now, Model = "gpt-4o", Fault = fault });
            client.Record(new MeasuredSample { Time = Now, Characteristic = "disk_read", Value = 4096, Host = "box", Device = "sda" });
            client.Record(new MeasuredSample { Time = Now, Characteristic = "Not a name!", Value = 1 });

            await client.DisposeAsync();
            Assert.Equal((9, 0, 1), (client.Sent, client.Dropped, client.Refused));
        }

        Assert.Equal(8, await host.CountAsync("calls"));
        Assert.Equal(
            "shop here gpt-4o-2024-08-06",
            await host.AskAsync<string>("SELECT application || ' ' || site || ' ' || served_model FROM sources WHERE provider = 'openai'"));
        Assert.Equal(0.5, await host.AskAsync<double>(ValueOf("time_to_first_token", "provider = 'openai'")));
        Assert.Equal(4096, await host.AskAsync<double>(ValueOf("disk_read", "host = 'box' AND device = 'sda' AND application = ''")));
    }

    [Fact]
    public async Task What_waits_while_LLMscope_is_away_arrives_once_when_it_comes()
    {
        var port = FreePort.Find();
        var isAway = new TaskCompletionSource();
        await using var client = new LLMscopeClient(new LLMscopeOptions
        {
            Address = new Uri($"http://127.0.0.1:{port}"),
            BatchSize = 7,
            FlushTime = TimeSpan.FromMinutes(1),
            OnProblem = _ => isAway.TrySetResult(),
        });
        for (var i = 0; i < 30; i++)
            client.Record(new MeasuredCall { Time = Now, Model = i.ToString(CultureInfo.InvariantCulture), Duration = TimeSpan.FromSeconds(1) });
        await isAway.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, client.Sent);

        await using var host = await ServiceHost.StartAtAsync(port);
        await client.DisposeAsync();

        Assert.Equal((30, 0, 0), (client.Sent, client.Dropped, client.Refused));
        Assert.Equal(30, await host.CountAsync("calls"));
        Assert.Equal(30, await host.AskAsync<long>("SELECT count(DISTINCT model) FROM sources"));
    }

    [Fact]
    public async Task What_is_sent_again_because_the_answer_was_lost_is_stored_once()
    {
        await using var host = await ServiceHost.StartAsync();
        using var lossy = new AnswerLost();
        await using var client = new LLMscopeClient(new LLMscopeOptions
        {
            Address = host.Client.BaseAddress!,
            Transport = lossy,
            FlushTime = TimeSpan.FromMinutes(1),
        });
        for (var i = 0; i < 20; i++)
            client.Record(new MeasuredCall { Time = Now, Model = "m", Duration = TimeSpan.FromSeconds(i) });

        await client.DisposeAsync();

        Assert.Equal(20, client.Sent);
        Assert.True(lossy.Requests >= 2);
        Assert.Equal(20, await host.CountAsync("calls"));
    }

    private static string ValueOf(string characteristic, string source) =>
        $"SELECT value FROM samples JOIN series ON series.id = series_id JOIN sources ON sources.id = source_id WHERE characteristic = '{characteristic}' AND {source}";

    /// <summary>Carries every request, and loses the answer to the first.</summary>
    private sealed class AnswerLost() : DelegatingHandler(new SocketsHttpHandler())
    {
        public int Requests { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            Assert.True(response.IsSuccessStatusCode);
            if (++Requests > 1)
                return response;

            response.Dispose();
            throw new HttpRequestException("The connection broke before the answer came.");
        }
    }
}

using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using LLMscope.Tests;

namespace LLMscope.Client.Tests.Sending;

public sealed class OutboxTests
{
    private readonly PauseClock _clock = new();
    private readonly List<string> _problems = []; // written by one task at a time

    [Fact]
    public async Task Calls_are_sent_as_lines_with_their_times_and_ids()
    {
        await using var server = await Receiver.StartAsync();
        await using var client = ClientOf(server.Address);

        client.Record(Call("a") with { Duration = TimeSpan.FromMilliseconds(1840), TimeToFirstToken = TimeSpan.FromMilliseconds(212), InputTokens = 310, OutputTokens = 95 });
        var request = await server.NextAsync();

        var item = Assert.Single(request.Items);
        Assert.Equal(("/api/v1/calls", "application/x-ndjson"), (request.Path, request.Type));
        Assert.Equal("2026-11-21T08:00:00Z", item["time"]!.GetValue<string>());
        Assert.Equal((1840, 212), (item["durationMs"]!.GetValue<double>(), item["ttftMs"]!.GetValue<double>()));
        Assert.Equal(("a", "shop", 310, 95), (item["model"]!.GetValue<string>(), item["application"]!.GetValue<string>(), item["inputTokens"]!.GetValue<int>(), item["outputTokens"]!.GetValue<int>()));
        Assert.Null(item["status"]);
        Assert.NotEmpty(item["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_batch_is_sent_when_it_is_full_or_when_its_first_has_waited()
    {
        await using var server = await Receiver.StartAsync();
        await using var client = ClientOf(server.Address, batch: 3, batchTime: TimeSpan.FromSeconds(1));

        for (var i = 0; i < 4; i++)
            client.Record(Call($"{i}"));
        Assert.Equal(["0", "1", "2"], Models(await server.NextItemsAsync()));

        while (await _clock.NextPauseAsync() != TimeSpan.FromSeconds(1) || client.Waiting > 1)
        {
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["3"], Models(await server.NextItemsAsync()));
    }

    [Fact]
    public async Task What_is_refused_for_now_is_sent_again_after_the_pause_that_was_asked_for_with_the_same_ids()
    {
        await using var server = await Receiver.StartAsync((number, context) =>
        {
            if (number == 3)
                return Receiver.TakeAsync(context);

            context.Response.Headers.RetryAfter = "7";
            return Receiver.AnswerAsync(context, number == 1 ? HttpStatusCode.TooManyRequests : HttpStatusCode.ServiceUnavailable, "");
        });
        await using var client = ClientOf(server.Address);
        client.Record(Call("a"));

        var first = await server.NextItemAsync();
        Assert.Equal(TimeSpan.FromSeconds(7), await _clock.NextPauseAsync());
        _clock.Advance(TimeSpan.FromSeconds(7));
        var second = await server.NextItemAsync();
        Assert.Equal(TimeSpan.FromSeconds(7), await _clock.NextPauseAsync());
        _clock.Advance(TimeSpan.FromSeconds(7));
        var third = await server.NextItemAsync();
        await client.DisposeAsync();

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Equal(first.ToJsonString(), third.ToJsonString());
        Assert.Equal((1, 0, 0), (client.Sent, client.Dropped, client.Refused));
        Assert.Equal(
            ["LLMscope does not take measurements: it answered 429.", "LLMscope does not take measurements: it answered 503.", "LLMscope takes measurements again."], _problems);
    }

    [Fact]
    public async Task Pauses_grow_while_nobody_answers_and_the_newest_are_kept()
    {
        var losses = CountLosses();
        await using var client = ClientOf(await DeadAddressAsync(), capacity: 5, batch: 1, flush: TimeSpan.Zero);
        client.Record(Call("0"));
        var pauses = new List<TimeSpan>();
        for (var i = 0; i < 8; i++)
        {
            pauses.Add(await _clock.NextPauseAsync());
            if (i < 7)
                _clock.Advance(pauses[^1]);
        }

        for (var i = 1; i <= 12; i++)
            client.Record(Call($"{i}"));

        for (var i = 0; i < 5; i++)
            Assert.InRange(pauses[i].TotalSeconds, Math.Pow(2, i) / 2, Math.Pow(2, i));
        Assert.All(pauses[5..], pause => Assert.InRange(pause.TotalSeconds, 15, 30));
        Assert.Equal((7, 6), (client.Dropped, client.Waiting));
        Assert.Equal(7, losses());
    }

    [Fact]
    public async Task A_wrong_request_is_given_up_and_counted_and_the_next_goes_on()
    {
        await using var server = await Receiver.StartAsync((number, context) =>
            number == 1 ? Receiver.AnswerAsync(context, HttpStatusCode.BadRequest, "{}") : Receiver.TakeAsync(context));
        await using var client = ClientOf(server.Address);

        client.Record(Call("a"));
        await server.NextAsync();
        client.Record(Call("b"));
        await server.NextAsync();
        await client.DisposeAsync();

        Assert.Equal((1, 0, 1), (client.Sent, client.Dropped, client.Refused));
    }

    [Fact]
    public async Task Wrong_items_of_a_batch_that_was_taken_are_counted()
    {
        await using var server = await Receiver.StartAsync((_, context) =>
            Receiver.AnswerAsync(context, HttpStatusCode.Accepted, """{"accepted":2,"duplicates":0,"rejected":1}"""));
        await using var client = ClientOf(server.Address, batch: 3, batchTime: TimeSpan.FromSeconds(1));

        for (var i = 0; i < 3; i++)
            client.Record(Call("a"));
        await server.NextAsync();
        await client.DisposeAsync();

        Assert.Equal((2, 0, 1), (client.Sent, client.Dropped, client.Refused));
    }

    [Fact]
    public async Task A_request_that_is_too_large_is_halved_and_keeps_its_ids()
    {
        await using var server = await Receiver.StartAsync((number, context) =>
            number == 1 ? Receiver.AnswerAsync(context, HttpStatusCode.RequestEntityTooLarge, "") : Receiver.TakeAsync(context));
        await using var client = ClientOf(server.Address, batch: 5, batchTime: TimeSpan.FromSeconds(1));
        for (var i = 0; i < 5; i++)
            client.Record(Call($"{i}"));

        var whole = await server.NextItemsAsync();
        var halves = (await server.NextItemsAsync()).Concat(await server.NextItemsAsync());
        await client.DisposeAsync();

        Assert.Equal(whole.Select(item => item.ToJsonString()), halves.Select(item => item.ToJsonString()));
        Assert.Equal(5, whole.Select(item => item["id"]!.GetValue<string>()).Distinct().Count());
        Assert.Equal(5, client.Sent);
    }

    [Fact]
    public async Task Calls_and_samples_go_to_their_own_addresses_in_the_order_of_their_coming()
    {
        await using var server = await Receiver.StartAsync();
        await using var client = ClientOf(server.Address, batchTime: TimeSpan.FromSeconds(1));

        client.Record(Call("a"));
        client.Record(new MeasuredSample { Time = _clock.GetUtcNow(), Characteristic = "gpu_power", Value = 20.5, Host = "h", Device = "GPU 0" });
        client.Record(Call("b"));
        await client.DisposeAsync();

        Assert.Equal(["/api/v1/calls", "/api/v1/samples", "/api/v1/calls"], [(await server.NextAsync()).Path, (await server.NextAsync()).Path, (await server.NextAsync()).Path]);
    }

    [Fact]
    public async Task Disposing_sends_what_waits_and_what_comes_later_is_dropped()
    {
        await using var server = await Receiver.StartAsync();
        var client = ClientOf(server.Address, batch: 100, batchTime: TimeSpan.FromHours(1));
        for (var i = 0; i < 250; i++)
            client.Record(Call("a"));

        await client.DisposeAsync();
        client.Record(Call("late"));
        await client.DisposeAsync();

        Assert.Equal((250, 1, 0, 0), (client.Sent, client.Dropped, client.Refused, client.Waiting));
    }

    [Fact]
    public async Task Disposing_gives_up_at_its_deadline_and_counts_what_is_lost()
    {
        var client = ClientOf(await DeadAddressAsync(), batch: 2, batchTime: TimeSpan.FromHours(1));
        for (var i = 0; i < 7; i++)
            client.Record(Call("a"));

        var disposing = client.DisposeAsync().AsTask();
        while (!disposing.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await disposing;
        Assert.Equal((0, 7, 0, 0), (client.Sent, client.Dropped, client.Refused, client.Waiting));
        Assert.Contains("7 measurements were not sent before the deadline of disposing and are lost.", _problems);
    }

    [Fact]
    public async Task A_listener_or_a_transport_that_throws_ends_nothing()
    {
        using var ear = new MeterListener { InstrumentPublished = (instrument, self) => { if (instrument.Name == "llmscope.client.refused") self.EnableMeasurementEvents(instrument); } };
        ear.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidOperationException("A broken ear."));
        ear.Start();
        await using var server = await Receiver.StartAsync((number, context) =>
            number == 1 ? Receiver.AnswerAsync(context, HttpStatusCode.BadRequest, "{}") : Receiver.TakeAsync(context));
        using var broken = new BrokenOnce();
        await using var client = new LLMscopeClient(new LLMscopeOptions
        {
            Address = server.Address,
            Clock = _clock,
            BatchTime = TimeSpan.Zero,
            Transport = broken,
            OnProblem = _ => throw new InvalidOperationException("A broken listener."),
        });

        client.Record(null!);
        client.Record(Call("a"));
        _clock.Advance(await _clock.NextPauseAsync());
        Assert.Equal(["a"], Models(await server.NextItemsAsync()));
        client.Record(Call("b"));
        Assert.Equal(["b"], Models(await server.NextItemsAsync()));
        await client.DisposeAsync();

        Assert.Equal((1, 1), (client.Refused, client.Sent));
    }

    [Fact]
    public async Task Text_that_LLMscope_would_refuse_is_cut_and_cleaned()
    {
        await using var server = await Receiver.StartAsync();
        await using var client = ClientOf(server.Address);

        client.Record(Call("a\nb\u007f" + new string('x', 300)) with { FinishReason = new string('y', 199) + "😀", OutputTokens = -1, CostUsd = double.NaN, Duration = TimeSpan.FromSeconds(1), TimeToFirstToken = TimeSpan.FromSeconds(2) });
        var item = await server.NextItemAsync();

        Assert.Equal("a b " + new string('x', 196), item["model"]!.GetValue<string>());
        Assert.Equal(new string('y', 199), item["finishReason"]!.GetValue<string>());
        Assert.False(item.ContainsKey("outputTokens") || item.ContainsKey("costUsd") || item.ContainsKey("ttftMs"));
    }

    [Theory]
    [InlineData("/relative")]
    [InlineData("ftp://localhost")]
    public void An_address_that_cannot_work_is_told_at_once(string address) =>
        Assert.Throws<ArgumentException>(() => new LLMscopeClient(new LLMscopeOptions { Address = new Uri(address, UriKind.RelativeOrAbsolute) }));

    [Fact]
    public void Bounds_and_a_key_that_cannot_work_are_told_at_once()
    {
        var address = new Uri("http://localhost:5080");

        Assert.Throws<ArgumentException>(() => new LLMscopeClient(new LLMscopeOptions { Address = address, Capacity = 0 }));
        Assert.Throws<ArgumentException>(() => new LLMscopeClient(new LLMscopeOptions { Address = address, BatchTime = TimeSpan.FromSeconds(-1) }));
        Assert.Throws<ArgumentException>(() => new LLMscopeClient(new LLMscopeOptions { Address = address, PromptKey = new byte[15] }));
    }

    private LLMscopeClient ClientOf(Uri address, int capacity = 10_000, int batch = 500, TimeSpan batchTime = default, TimeSpan? flush = null) => new(new LLMscopeOptions
    {
        Address = address,
        Application = "shop",
        Clock = _clock,
        Capacity = capacity,
        BatchSize = batch,
        BatchTime = batchTime,
        FlushTime = flush ?? TimeSpan.FromSeconds(5),
        OnProblem = _problems.Add,
    });

    private MeasuredCall Call(string model) => new() { Time = _clock.GetUtcNow(), Model = model, Duration = TimeSpan.FromSeconds(1) };

    private static string[] Models(IEnumerable<System.Text.Json.Nodes.JsonObject> items) => [.. items.Select(item => item["model"]!.GetValue<string>())];

    /// <summary>An address where nobody listens.</summary>
    private static async Task<Uri> DeadAddressAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await Task.CompletedTask;
        return new Uri($"http://127.0.0.1:{port}");
    }

    private static Func<long> CountLosses()
    {
        long losses = 0;
        var listener = new MeterListener { InstrumentPublished = (instrument, self) => { if (instrument.Name == "llmscope.client.dropped") self.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((_, times, _, _) => Interlocked.Add(ref losses, times));
        listener.Start();
        return () => Interlocked.Read(ref losses);
    }

    private sealed class BrokenOnce : DelegatingHandler
    {
        private bool _hasBroken;

        public BrokenOnce()
            : base(new SocketsHttpHandler())
        {
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (_hasBroken)
                return base.SendAsync(request, cancellationToken);

            _hasBroken = true;
            throw new FormatException("A broken transport.");
        }
    }
}

using System.Text.Json;
using LLMscope.Monitoring.Alerts;
using LLMscope.Tests.Storage;

namespace LLMscope.Monitoring.Tests.Alerts;

public sealed class OutboxSenderTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private AlertHouse _house = null!;
    private StandIn _webhook = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await AlertHouse.NewDatabaseAsync(Cancellation);
        _house = AlertHouse.Open(_database);
        _webhook = await StandIn.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        await _webhook.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task The_beginning_and_the_end_arrive_once_each_and_in_order()
    {
        await _house.AddWebhookAsync("hook", _webhook.Url, Cancellation);
        await _house.StartAsync(Cancellation);

        var violation = await _house.RaiseAsync(Cancellation);
        Assert.Equal("sent", await _house.OutcomeAsync(Cancellation));
        await _house.ResolveAsync(violation, Cancellation);
        Assert.Equal("sent", await _house.OutcomeAsync(Cancellation));

        Assert.Equal("violation.opened", TypeOf(await _webhook.NextAsync(Cancellation)));
        Assert.Equal("violation.resolved", TypeOf(await _webhook.NextAsync(Cancellation)));
        _house.Advance(TimeSpan.FromHours(1));
        await _house.StopAsync();
        Assert.Equal(0, _webhook.Waiting);
        Assert.All(await _house.Log.ListAsync(null, violation, 10, Cancellation), one => Assert.Equal((NotificationState.Sent, 1), (one.State, one.Attempts)));
    }

    [Fact]
    public async Task A_receiver_that_never_answers_delays_nobody_else()
    {
        await using var dead = await StandIn.StartAsync(Cancellation);
        dead.AnswerNever();
        await _house.AddWebhookAsync("dead", dead.Url, Cancellation);
        await _house.AddWebhookAsync("alive", _webhook.Url, Cancellation);
        await _house.StartAsync(Cancellation);

        for (var i = 0; i < 3; i++)
        {
            await _house.RaiseAsync(Cancellation);
            Assert.Equal("sent", await _house.OutcomeAsync(Cancellation));
        }

        await dead.NextAsync(Cancellation);
        Assert.Equal(0, dead.Waiting); // One attempt at a time: the others wait for the first.
        Assert.Equal(3, _webhook.Waiting);
    }

    [Fact]
    public async Task No_answer_within_15_seconds_is_a_failure_that_is_tried_again_with_the_same_id()
    {
        _webhook.AnswerNever();
        await _house.AddWebhookAsync("hook", _webhook.Url, Cancellation);
        await _house.StartAsync(Cancellation);
        await _house.RaiseAsync(Cancellation);
        var first = await _webhook.NextAsync(Cancellation);

        _house.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal("failed", await _house.OutcomeAsync(Cancellation));
        var failed = await _house.SingleAsync(Cancellation);
        Assert.Equal((NotificationState.Retry, "No answer within 15 s."), (failed.State, failed.LastError));
        Assert.InRange(failed.NextAttemptAt!.Value - _house.Clock.GetUtcNow(), TimeSpan.Zero, TimeSpan.FromSeconds(5));

        _webhook.AnswerWith(204);
        _house.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("sent", await _house.OutcomeAsync(Cancellation));
        Assert.Equal(first.Id, (await _webhook.NextAsync(Cancellation)).Id);
    }

    [Fact]
    public async Task A_claim_whose_process_died_is_delivered_once_more_with_the_same_id()
    {
        _webhook.AnswerNever();
        await _house.AddWebhookAsync("hook", _webhook.Url, Cancellation);
        await _house.StartAsync(Cancellation);
        await _house.RaiseAsync(Cancellation);
        var lost = await _webhook.NextAsync(Cancellation);
        await _house.StopAsync();
        Assert.Equal(NotificationState.Sending, (await _house.SingleAsync(Cancellation)).State);

        _webhook.AnswerWith(200);
        await using var next = AlertHouse.Open(_database, _house.Clock, _house.Keys);
        await next.StartAsync(Cancellation);
        next.Advance(OutboxRows.Lease);
        Assert.Equal("sent", await next.OutcomeAsync(Cancellation));

        Assert.Equal(lost.Id, (await _webhook.NextAsync(Cancellation)).Id);
        Assert.Equal(0, _webhook.Waiting);
        Assert.Equal(2, (await next.SingleAsync(Cancellation)).Attempts);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(410)]
    public async Task An_end_that_comes_while_the_beginning_is_undelivered_tells_both(int status)
    {
        _webhook.AnswerWith(status);
        await _house.AddWebhookAsync("hook", _webhook.Url, Cancellation);
        await _house.StartAsync(Cancellation);
        var violation = await _house.RaiseAsync(Cancellation);
        await _house.OutcomeAsync(Cancellation);
        var opened = await _webhook.NextAsync(Cancellation);

        _webhook.AnswerWith(200);
        await _house.ResolveAsync(violation, Cancellation);
        Assert.Equal("sent", await _house.OutcomeAsync(Cancellation));

        var both = await _webhook.NextAsync(Cancellation);
        Assert.NotEqual(opened.Id, both.Id);
        Assert.Equal("violation.resolved", TypeOf(both));
        Assert.Contains("opened 12:03, resolved 12:11", both.Body, StringComparison.Ordinal);
        Assert.Contains("\"tellsOpening\":true", both.Body, StringComparison.Ordinal);
        var states = (await _house.Log.ListAsync(null, violation, 10, Cancellation)).ToDictionary(one => one.Kind, one => one.State);
        Assert.Equal(NotificationState.Merged, states[NotificationKind.Opened]);
        Assert.Equal(NotificationState.Sent, states[NotificationKind.Resolved]);
        _house.Advance(TimeSpan.FromHours(1));
        await _house.StopAsync();
        Assert.Equal(0, _webhook.Waiting);
    }

    [Fact]
    public async Task The_end_waits_while_the_beginning_is_under_way()
    {
        var release = new TaskCompletionSource();
        _webhook.Answer = _ => release.Task;
        await _house.AddWebhookAsync("hook", _webhook.Url, Cancellation);
        await _house.StartAsync(Cancellation);
        var violation = await _house.RaiseAsync(Cancellation);
        Assert.Equal("violation.opened", TypeOf(await _webhook.NextAsync(Cancellation)));

        await _house.ResolveAsync(violation, Cancellation);
        Assert.Equal(0, _webhook.Waiting);
        release.SetResult();

        Assert.Equal("sent", await _house.OutcomeAsync(Cancellation));
        Assert.Equal("sent", await _house.OutcomeAsync(Cancellation));
        var end = await _webhook.NextAsync(Cancellation);
        Assert.Equal("violation.resolved", TypeOf(end));
        Assert.DoesNotContain("tellsOpening", end.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, "120")]
    [InlineData(503, "Mon, 02 Mar 2026 12:05:00 GMT")]
    public async Task Patience_that_a_receiver_asks_for_holds_for_all_that_goes_to_it(int status, string retryAfter)
    {
        _webhook.AnswerWith(status, "rate_limited", retryAfter);
        var receiver = await _house.AddWebhookAsync("hook", _webhook.Url, Cancellation);
        await _house.StartAsync(Cancellation);
        await _house.RaiseAsync(Cancellation);
        Assert.Equal("failed", await _house.OutcomeAsync(Cancellation));
        var first = await _webhook.NextAsync(Cancellation);
        var asked = new DateTimeOffset(2026, 3, 2, 12, 5, 0, TimeSpan.Zero);
        Assert.Equal(asked, (await _house.SingleAsync(Cancellation)).NextAttemptAt);
        Assert.Equal(asked, (await _house.Receivers.FindAsync(receiver.Id, Cancellation))!.HoldUntil);

        _webhook.AnswerWith(200);
        await _house.RaiseAsync(Cancellation);
        _house.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(0, _webhook.Waiting);
        _house.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("sent", await _house.OutcomeAsync(Cancellation));
        Assert.Equal("sent", await _house.OutcomeAsync(Cancellation));
        Assert.Contains(first.Id, new[] { (await _webhook.NextAsync(Cancellation)).Id, (await _webhook.NextAsync(Cancellation)).Id });
    }

    [Fact]
    public async Task After_twelve_attempts_it_is_given_up_and_can_be_sent_again_under_the_same_id()
    {
        _webhook.AnswerWith(500, "out of order");
        await _house.AddWebhookAsync("hook", _webhook.Url, Cancellation);
        await _house.StartAsync(Cancellation);
        await _house.RaiseAsync(Cancellation);
        for (var attempt = 1; attempt < DeliveryRetry.MostAttempts; attempt++)
        {
            Assert.Equal("failed", await _house.OutcomeAsync(Cancellation));
            _house.Advance(TimeSpan.FromMinutes(30));
        }

        Assert.Equal("dead", await _house.OutcomeAsync(Cancellation));
        var dead = await _house.SingleAsync(Cancellation);
        Assert.Equal((NotificationState.Dead, 12, "HTTP 500: out of order"), (dead.State, dead.Attempts, dead.LastError));

        _webhook.AnswerWith(200);
        Assert.True(await _house.Log.TryResendAsync(dead.Id, Cancellation));
        Assert.Equal("sent", await _house.OutcomeAsync(Cancellation));
        var ids = new HashSet<string>();
        while (_webhook.Waiting > 0)
            ids.Add((await _webhook.NextAsync(Cancellation)).Id);
        Assert.Equal(dead.Id.ToString(), Assert.Single(ids));
        Assert.False(await _house.Log.TryResendAsync(dead.Id, Cancellation));
    }

    [Fact]
    public async Task After_a_day_it_is_given_up_however_few_the_attempts()
    {
        _webhook.AnswerWith(500);
        await _house.AddWebhookAsync("hook", _webhook.Url, Cancellation);
        await _house.StartAsync(Cancellation);
        await _house.RaiseAsync(Cancellation);
        Assert.Equal("failed", await _house.OutcomeAsync(Cancellation));

        _house.Advance(TimeSpan.FromHours(24));

        Assert.Equal("dead", await _house.OutcomeAsync(Cancellation));
        Assert.Equal(2, (await _house.SingleAsync(Cancellation)).Attempts);
    }

    [Fact]
    public async Task What_waits_for_a_disabled_receiver_is_sent_once_it_is_enabled()
    {
        var receiver = await _house.AddWebhookAsync("hook", _webhook.Url, Cancellation);
        await _house.RaiseAsync(Cancellation);
        await _house.Receivers.EnableAsync(receiver.Id, enabled: false, Cancellation);
        await _house.StartAsync(Cancellation);
        _house.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _webhook.Waiting);

        await _house.Receivers.EnableAsync(receiver.Id, enabled: true, Cancellation);

        Assert.Equal("sent", await _house.OutcomeAsync(Cancellation));
    }

    [Fact]
    public async Task Removing_a_receiver_while_it_is_being_told_ends_its_notifications()
    {
        var release = new TaskCompletionSource();
        _webhook.Answer = _ => release.Task;
        var receiver = await _house.AddWebhookAsync("hook", _webhook.Url, Cancellation);
        await _house.StartAsync(Cancellation);
        await _house.RaiseAsync(Cancellation);
        await _webhook.NextAsync(Cancellation);

        Assert.True(await _house.Receivers.RemoveAsync(receiver.Id, Cancellation));
        release.SetResult();
        await _house.OutcomeAsync(Cancellation);

        Assert.Empty(await _house.Log.ListAsync(null, null, 10, Cancellation));
    }

    private static string TypeOf(Arrival arrival) => JsonDocument.Parse(arrival.Body).RootElement.GetProperty("type").GetString()!;
}

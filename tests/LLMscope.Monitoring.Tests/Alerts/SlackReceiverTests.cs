using System.Text.Json;
using LLMscope.Monitoring.Alerts;
using LLMscope.Monitoring.Alerts.Receivers;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Monitoring.Tests.Alerts;

public sealed class SlackReceiverTests : IAsyncLifetime
{
    private readonly OutboundHttp _http = new();
    private StandIn _slack = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _slack = await StandIn.StartAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _slack.DisposeAsync();
    }

    [Fact]
    public async Task A_message_says_in_its_text_what_its_blocks_say_in_full()
    {
        var violation = Guid.NewGuid();

        var answer = await SendAsync(Messages.Of(Notices.Opened(violation)));

        var json = JsonDocument.Parse((await _slack.NextAsync(Cancellation)).Body).RootElement;
        Assert.Equal(DeliveryOutcome.Accepted, answer.Outcome);
        Assert.Equal("◆ Duration of gpt-4o · openai is high: 850 ms, centre 400 ms", json.GetProperty("text").GetString());
        var attachment = json.GetProperty("attachments")[0];
        Assert.Equal("#D55E00", attachment.GetProperty("color").GetString());
        var blocks = attachment.GetProperty("blocks").EnumerateArray().ToDictionary(block => block.GetProperty("type").GetString()!);
        var fields = string.Join('\n', blocks["section"].GetProperty("fields").EnumerateArray().Select(one => one.GetProperty("text").GetString()));
        Assert.Contains("R1: 1 point beyond 3 sigma", fields, StringComparison.Ordinal);
        Assert.Contains("400 ms (250 ms to 600 ms)", fields, StringComparison.Ordinal);
        Assert.Contains("2026-03-02 12:03:00 UTC", fields, StringComparison.Ordinal);
        Assert.Equal($"https://scope.example/violations/{violation}", blocks["actions"].GetProperty("elements")[0].GetProperty("url").GetString());
    }

    [Fact]
    public async Task The_name_of_a_model_can_mention_nobody()
    {
        await SendAsync(Messages.Of(Notices.Opened(Guid.NewGuid(), new Source(Model: "<!channel> & <@U123> @here"))));

        var json = JsonDocument.Parse((await _slack.NextAsync(Cancellation)).Body).RootElement;
        var text = json.GetProperty("text").GetString()!;
        Assert.Contains("&lt;!channel&gt; &amp; &lt;@\u200BU123&gt; @\u200Bhere", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<!", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_stays_within_the_limits_of_Slack_however_long_the_names_are()
    {
        var part = new string('&', Source.LongestPart);
        var source = new Source(part, part, part, part, part, part, part, part);

        await SendAsync(Messages.Of(Notices.Resolved(Guid.NewGuid()) with { SourceTitle = source.Title, ResolvedBy = part }));

        var json = JsonDocument.Parse((await _slack.NextAsync(Cancellation)).Body).RootElement;
        Assert.True(json.GetProperty("text").GetString()!.Length <= 40_000);
        foreach (var block in json.GetProperty("attachments")[0].GetProperty("blocks").EnumerateArray())
        {
            if (block.GetProperty("type").GetString() == "header")
                Assert.True(block.GetProperty("text").GetProperty("text").GetString()!.Length <= 150);
            if (block.TryGetProperty("fields", out var fields))
            {
                Assert.True(fields.GetArrayLength() <= 10);
                Assert.All(fields.EnumerateArray(), one => Assert.True(one.GetProperty("text").GetString()!.Length <= 2_000));
            }
        }
    }

    [Theory]
    [InlineData(400, "invalid_payload", DeliveryOutcome.Refused)]
    [InlineData(400, "no_text", DeliveryOutcome.Refused)]
    [InlineData(403, "invalid_token", DeliveryOutcome.Refused)]
    [InlineData(403, "action_prohibited", DeliveryOutcome.Refused)]
    [InlineData(404, "no_service", DeliveryOutcome.Refused)]
    [InlineData(404, "channel_not_found", DeliveryOutcome.Refused)]
    [InlineData(410, "channel_is_archived", DeliveryOutcome.Refused)]
    [InlineData(200, "no_active_hooks", DeliveryOutcome.Refused)]
    [InlineData(500, "rollup_error", DeliveryOutcome.Failed)]
    [InlineData(429, "rate_limited", DeliveryOutcome.Failed)]
    [InlineData(200, "<html>Please log in</html>", DeliveryOutcome.Failed)]
    [InlineData(200, "ok", DeliveryOutcome.Accepted)]
    public async Task The_words_of_Slack_decide_what_came_of_it(int status, string words, DeliveryOutcome outcome)
    {
        _slack.AnswerWith(status, words);

        var answer = await SendAsync(Messages.Of(null));

        Assert.Equal((outcome, status), (answer.Outcome, answer.Status));
        Assert.Contains(words, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_patience_that_Slack_asks_for_is_heard()
    {
        _slack.AnswerWith(429, "rate_limited", retryAfter: "30");

        var answer = await SendAsync(Messages.Of(null));

        Assert.Equal(TimeSpan.FromSeconds(30), answer.RetryAfter);
    }

    private Task<DeliveryAnswer> SendAsync(AlertMessage message) =>
        new SlackReceiver(_http, new ManualClock()).SendAsync(message, new(new Dictionary<string, string>(), _slack.Url), Cancellation);
}

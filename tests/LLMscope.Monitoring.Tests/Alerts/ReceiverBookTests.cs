using System.Text;
using LLMscope.Monitoring.Alerts;
using LLMscope.Tests.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace LLMscope.Monitoring.Tests.Alerts;

public sealed class ReceiverBookTests : IAsyncLifetime
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private TestDatabase _database = null!;
    private AlertHouse _house = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await AlertHouse.NewDatabaseAsync(Cancellation);
        _house = AlertHouse.Open(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_secret_is_stored_encrypted_and_shown_by_its_end()
    {
        var receiver = await _house.AddWebhookAsync("hook", "https://example.org/", Cancellation, Secret);

        Assert.Equal("••••LaSw", receiver.SecretHint);
        await using var command = _house.Database.CreateCommand("SELECT secret, settings::text FROM receivers");
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        await reader.ReadAsync(Cancellation);
        Assert.DoesNotContain("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Encoding.Latin1.GetString(reader.GetFieldValue<byte[]>(0)), StringComparison.Ordinal);
        Assert.DoesNotContain("whsec", reader.GetString(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_is_left_out_is_kept_and_an_empty_one_removed()
    {
        var receiver = await _house.AddWebhookAsync("hook", "https://example.org/", Cancellation, Secret);
        var draft = new ReceiverDraft("hook", "webhook", true, new Dictionary<string, string> { ["url"] = "https://example.org/new" }, Secret: null);

        var kept = await _house.Receivers.UpdateAsync(receiver.Id, draft, Cancellation);
        var removed = await _house.Receivers.UpdateAsync(receiver.Id, draft with { Secret = "" }, Cancellation);

        Assert.Equal("••••LaSw", kept!.Receiver!.SecretHint);
        Assert.Equal("https://example.org/new", kept.Receiver.Settings["url"]);
        Assert.Null(removed!.Receiver!.SecretHint);
    }

    [Fact]
    public async Task A_password_is_not_led_to_another_server_by_who_does_not_know_it()
    {
        var settings = new Dictionary<string, string> { ["host"] = "mail.example.org", ["from"] = "a@example.org", ["to"] = "b@example.org", ["user"] = "a" };
        var draft = new ReceiverDraft("mail", "smtp", true, settings, "correct horse battery");
        var receiver = (await _house.Receivers.AddAsync(draft, Cancellation)).Receiver!;
        var elsewhere = draft with { Secret = null, Settings = new Dictionary<string, string>(settings) { ["host"] = "mail.example.com" } };

        var refused = await _house.Receivers.UpdateAsync(receiver.Id, elsewhere, Cancellation);
        var known = await _house.Receivers.UpdateAsync(receiver.Id, elsewhere with { Secret = "correct horse battery" }, Cancellation);

        Assert.Equal("secret", Assert.Single(refused!.Problems).Field);
        Assert.Equal("mail.example.com", known!.Receiver!.Settings["host"]);
        Assert.Equal("587", known.Receiver.Settings["port"]);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once_by_field()
    {
        var draft = new ReceiverDraft(" ", "smtp", true, new Dictionary<string, string> { ["to"] = "a@example.org\r\nBcc: eve@example.org", ["insecure"] = "perhaps", ["colour"] = "red" }, null);

        var change = await _house.Receivers.AddAsync(draft, Cancellation);

        Assert.Null(change.Receiver);
        string[] fields = ["colour", "from", "host", "insecure", "name", "to"];
        Assert.Equal(fields, change.Problems.Select(problem => problem.Field).Order());
    }

    [Fact]
    public async Task A_name_is_taken_once_and_a_kind_stays()
    {
        var receiver = await _house.AddWebhookAsync("hook", "https://example.org/", Cancellation);
        var draft = new ReceiverDraft("hook", "webhook", true, receiver.Settings, null);

        var second = await _house.Receivers.AddAsync(draft, Cancellation);
        var changed = await _house.Receivers.UpdateAsync(receiver.Id, draft with { Kind = "slack" }, Cancellation);
        var unknown = await _house.Receivers.AddAsync(draft with { Kind = "pigeon" }, Cancellation);

        Assert.Equal("name", Assert.Single(second.Problems).Field);
        Assert.Equal("kind", Assert.Single(changed!.Problems).Field);
        Assert.Equal("kind", Assert.Single(unknown.Problems).Field);
    }

    [Fact]
    public async Task Without_the_key_a_secret_is_said_to_be_unreadable_and_nothing_is_sent()
    {
        await using var webhook = await StandIn.StartAsync(Cancellation);
        var receiver = await _house.AddWebhookAsync("hook", webhook.Url, Cancellation, Secret);
        await using var restored = AlertHouse.Open(_database, _house.Clock, new EphemeralDataProtectionProvider());

        var answer = await restored.Receivers.TestAsync(receiver.Id, Cancellation);

        Assert.Equal(DeliveryOutcome.Refused, answer!.Outcome);
        Assert.Equal(0, webhook.Waiting);
        Assert.Contains("enter it again", (await restored.Receivers.FindAsync(receiver.Id, Cancellation))!.SecretHint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, DeliveryOutcome.Accepted, NotificationState.Sent)]
    [InlineData(404, DeliveryOutcome.Refused, NotificationState.Dead)]
    [InlineData(500, DeliveryOutcome.Failed, NotificationState.Dead)]
    public async Task A_test_answers_what_the_receiver_answered_and_is_not_tried_again(int status, DeliveryOutcome outcome, NotificationState state)
    {
        await using var webhook = await StandIn.StartAsync(Cancellation);
        webhook.AnswerWith(status, "its own words");
        var receiver = await _house.AddWebhookAsync("hook", webhook.Url, Cancellation);
        await _house.StartAsync(Cancellation);

        var answer = await _house.Receivers.TestAsync(receiver.Id, Cancellation);

        Assert.Equal(new DeliveryAnswer(outcome, status, $"HTTP {status}: its own words"), answer);
        var recorded = await _house.SingleAsync(Cancellation);
        Assert.Equal((NotificationKind.Test, state), (recorded.Kind, recorded.State));
        Assert.Equal(state, (await _house.Receivers.FindAsync(receiver.Id, Cancellation))!.Last!.State);
        Assert.False(await _house.Log.TryResendAsync(recorded.Id, Cancellation));
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        var draft = new ReceiverDraft("hook", "webhook", true, new Dictionary<string, string>(), null);

        Assert.Null(await _house.Receivers.FindAsync(Guid.NewGuid(), Cancellation));
        Assert.Null(await _house.Receivers.UpdateAsync(Guid.NewGuid(), draft, Cancellation));
        Assert.Null(await _house.Receivers.TestAsync(Guid.NewGuid(), Cancellation));
        Assert.False(await _house.Receivers.RemoveAsync(Guid.NewGuid(), Cancellation));
        Assert.False(await _house.Receivers.EnableAsync(Guid.NewGuid(), true, Cancellation));
    }
}

using System.Net;
using System.Text.RegularExpressions;
using LLMscope.Monitoring.Alerts;
using Microsoft.Extensions.DependencyInjection;

namespace LLMscope.Service.Tests.Alerts;

public sealed partial class AlertsPageTests : IAsyncLifetime
{
    private AlertHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ReceiverBook Receivers => _host.Services.GetRequiredService<ReceiverBook>();

    public async ValueTask InitializeAsync() => _host = await AlertHost.StartAsync(Cancellation);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_receiver_is_added_without_a_script()
    {
        await PostAsync("/alerts?add=webhook", "receiver", new() { ["name"] = "on call", ["field-url"] = _host.ReceiverUrl, ["enabled"] = "true" });

        var receiver = Assert.Single(await Receivers.ListAsync(Cancellation));
        Assert.Equal(("on call", true, _host.ReceiverUrl), (receiver.Name, receiver.Enabled, receiver.Settings["url"]));
        Assert.Contains("on call", await _host.Client.GetStringAsync("/alerts", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_its_field_and_what_was_entered_stays_but_the_secret()
    {
        var page = await PostAsync("/alerts?add=webhook", "receiver", new() { ["name"] = "on call", ["field-url"] = "ftp://example.org", ["field-secret"] = "not to be seen" });

        Assert.Matches("id=\"url-problem\"[^>]*>Enter a whole http", page);
        Assert.Matches("id=\"secret-problem\"", page);
        Assert.Contains("value=\"ftp://example.org\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("not to be seen", page, StringComparison.Ordinal);
        Assert.Empty(await Receivers.ListAsync(Cancellation));
    }

    [Theory]
    [InlineData(200, "accepted")]
    [InlineData(404, "refused")]
    public async Task The_test_button_shows_what_the_receiver_answered(int status, string word)
    {
        _host.ReceiverStatus = status;
        var receiver = await AddAsync();

        var page = await PostAsync("/alerts", $"test-{receiver.Id}", []);

        Assert.Contains($"on call answered: HTTP {status}: its own words", page, StringComparison.Ordinal);
        Assert.Matches($"role=\"status\">\\s*<span class=\"chip {word}\">{word}", page);
    }

    [Fact]
    public async Task A_receiver_is_changed_disabled_and_removed_without_a_script()
    {
        var receiver = await AddAsync();
        var edit = await _host.Client.GetStringAsync($"/alerts?edit={receiver.Id}", Cancellation);
        Assert.Contains("stored: ••••LaSw", WebUtility.HtmlDecode(edit), StringComparison.Ordinal);

        await PostAsync($"/alerts?edit={receiver.Id}", "receiver", new() { ["name"] = "night shift", ["field-url"] = _host.ReceiverUrl, ["enabled"] = "true" });
        await PostAsync("/alerts", $"enable-{receiver.Id}", []);
        var changed = Assert.Single(await Receivers.ListAsync(Cancellation));
        await PostAsync("/alerts", $"remove-{receiver.Id}", []);

        Assert.Equal(("night shift", false, "••••LaSw"), (changed.Name, changed.Enabled, changed.SecretHint));
        Assert.Empty(await Receivers.ListAsync(Cancellation));
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        var receiver = await AddAsync();

        using var forged = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = $"remove-{receiver.Id}" });
        var answer = await _host.Client.PostAsync(new Uri("/alerts", UriKind.Relative), forged, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Single(await Receivers.ListAsync(Cancellation));
    }

    private async Task<Receiver> AddAsync()
    {
        var settings = new Dictionary<string, string> { ["url"] = _host.ReceiverUrl };
        return (await Receivers.AddAsync(new ReceiverDraft("on call", "webhook", true, settings, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), Cancellation)).Receiver!;
    }

    // What a browser does: it takes the token from the page and sends the form back.
    private async Task<string> PostAsync(string path, string handler, Dictionary<string, string> fields)
    {
        var page = await _host.Client.GetStringAsync(path, Cancellation);
        fields["_handler"] = handler;
        fields["__RequestVerificationToken"] = Token().Match(page).Groups["token"].Value;
        using var form = new FormUrlEncodedContent(fields);
        var answer = await _host.Client.PostAsync(new Uri(path, UriKind.Relative), form, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Token();
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace LLMscope.Service.Tests.Alerts;

public sealed class AlertEndpointsTests : IAsyncLifetime
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private AlertHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await AlertHost.StartAsync(Cancellation);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_receiver_is_added_changed_and_removed_and_never_tells_its_secret()
    {
        var added = await _host.Client.PostAsJsonAsync("/api/v1/receivers", new { name = "hook", kind = "webhook", settings = new { url = _host.ReceiverUrl }, secret = Secret }, Cancellation);
        var place = added.Headers.Location;
        var changed = await _host.Client.PutAsJsonAsync(place, new { name = "on call", kind = "webhook", enabled = false, settings = new { url = _host.ReceiverUrl } }, Cancellation);
        var found = await _host.Client.GetStringAsync(place, Cancellation);
        var list = await _host.Client.GetStringAsync("/api/v1/receivers", Cancellation);
        var removed = await _host.Client.DeleteAsync(place, Cancellation);

        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        var receiver = JsonDocument.Parse(found).RootElement;
        Assert.Equal("on call", receiver.GetProperty("name").GetString());
        Assert.False(receiver.GetProperty("enabled").GetBoolean());
        Assert.EndsWith("LaSw", receiver.GetProperty("secretHint").GetString(), StringComparison.Ordinal);
        Assert.All([found, list, await added.Content.ReadAsStringAsync(Cancellation)], text => Assert.DoesNotContain("MfKQ9r8G", text, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Client.GetAsync(place, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task What_is_wrong_is_named_by_its_field_in_the_request()
    {
        var answer = await _host.Client.PostAsJsonAsync("/api/v1/receivers", new { kind = "webhook", settings = new { url = "ftp://example.org" }, secret = "guess" }, Cancellation);
        var named = await _host.Client.PostAsJsonAsync("/api/v1/receivers", new { name = "hook", kind = "webhook", settings = new { url = "ftp://example.org" }, secret = "guess" }, Cancellation);
        var state = await _host.Client.GetAsync("/api/v1/notifications?state=lost", Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        string[] first = ["name"], second = ["secret", "settings.url"], third = ["state"];
        Assert.Equal(first, await FieldsAsync(answer));
        Assert.Equal(second, await FieldsAsync(named));
        Assert.Equal(third, await FieldsAsync(state));
    }

    [Theory]
    [InlineData(200, "accepted", "sent")]
    [InlineData(404, "refused", "dead")]
    public async Task A_test_answers_what_the_receiver_answered_and_is_recorded(int status, string outcome, string state)
    {
        _host.ReceiverStatus = status;
        var added = await _host.Client.PostAsJsonAsync("/api/v1/receivers", new { name = "hook", kind = "webhook", settings = new { url = _host.ReceiverUrl } }, Cancellation);

        var tested = await _host.Client.PostAsync(new Uri($"{added.Headers.Location}/test", UriKind.Relative), null, Cancellation);

        var answer = JsonDocument.Parse(await tested.Content.ReadAsStringAsync(Cancellation)).RootElement;
        Assert.Equal((outcome, status), (answer.GetProperty("outcome").GetString(), answer.GetProperty("status").GetInt32()));
        Assert.Contains("its own words", answer.GetProperty("text").GetString(), StringComparison.Ordinal);
        var recorded = JsonDocument.Parse(await _host.Client.GetStringAsync($"/api/v1/notifications?state={state}", Cancellation)).RootElement.GetProperty("notifications")[0];
        Assert.Equal("test", recorded.GetProperty("kind").GetString());
        var resent = await _host.Client.PostAsync(new Uri($"/api/v1/notifications/{recorded.GetProperty("id").GetGuid()}/resend", UriKind.Relative), null, Cancellation);
        Assert.Equal(HttpStatusCode.Conflict, resent.StatusCode);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        var id = Guid.NewGuid();

        Assert.Equal(HttpStatusCode.NotFound, (await _host.Client.PostAsync(new Uri($"/api/v1/receivers/{id}/test", UriKind.Relative), null, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Client.DeleteAsync(new Uri($"/api/v1/receivers/{id}", UriKind.Relative), Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Client.PostAsync(new Uri($"/api/v1/notifications/{id}/resend", UriKind.Relative), null, Cancellation)).StatusCode);
    }

    private static async Task<IEnumerable<string>> FieldsAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order();
}

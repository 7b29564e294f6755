using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LLMscope.Monitoring.Alerts;
using LLMscope.Monitoring.Alerts.Receivers;
using Microsoft.AspNetCore.Http;

namespace LLMscope.Monitoring.Tests.Alerts;

public sealed class WebhookReceiverTests : IAsyncLifetime
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly ManualClock _clock = new();
    private readonly OutboundHttp _http = new();
    private StandIn _standIn = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _standIn = await StandIn.StartAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _standIn.DisposeAsync();
    }

    [Fact]
    public void The_signature_is_that_of_the_vector_in_the_reference_libraries_of_Standard_Webhooks()
    {
        var body = "{\"test\": 2432232314}"u8.ToArray();

        var signature = WebhookReceiver.Signature(WebhookReceiver.Key(Secret)!, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Fact]
    public async Task A_message_carries_its_id_time_and_a_signature_over_both_and_the_body()
    {
        var violation = Guid.NewGuid();
        var message = Message(Notices.Opened(violation));

        var answer = await SendAsync(message, Secret);

        var arrival = await _standIn.NextAsync(Cancellation);
        Assert.Equal((DeliveryOutcome.Accepted, 200), (answer.Outcome, answer.Status));
        Assert.Equal(message.Id.ToString(), arrival.Id);
        Assert.Equal($"{_clock.GetUtcNow().ToUnixTimeSeconds()}", arrival.Headers["webhook-timestamp"]);
        var signed = Encoding.UTF8.GetBytes($"{arrival.Id}.{arrival.Headers["webhook-timestamp"]}.{arrival.Body}");
        Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Secret[6..]), signed))}", arrival.Headers["webhook-signature"]);

        var json = JsonDocument.Parse(arrival.Body).RootElement;
        Assert.Equal("violation.opened", json.GetProperty("type").GetString());
        var data = json.GetProperty("data");
        Assert.Equal(violation, data.GetProperty("violationId").GetGuid());
        Assert.Equal("critical", data.GetProperty("severity").GetString());
        Assert.Equal(0.85, data.GetProperty("value").GetDouble());
        Assert.Equal($"https://scope.example/violations/{violation}", data.GetProperty("url").GetString());
        Assert.True(arrival.Body.Length < 20_000); // The size that Standard Webhooks advises.
    }

    [Fact]
    public async Task Without_a_secret_a_message_is_not_signed()
    {
        await SendAsync(Message(null), secret: null);

        var arrival = await _standIn.NextAsync(Cancellation);
        Assert.DoesNotContain("webhook-signature", arrival.Headers.Keys);
        Assert.Equal("test", JsonDocument.Parse(arrival.Body).RootElement.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData(200, DeliveryOutcome.Accepted)]
    [InlineData(202, DeliveryOutcome.Accepted)]
    [InlineData(204, DeliveryOutcome.Accepted)]
    [InlineData(301, DeliveryOutcome.Refused)]
    [InlineData(302, DeliveryOutcome.Refused)]
    [InlineData(307, DeliveryOutcome.Refused)]
    [InlineData(400, DeliveryOutcome.Refused)]
    [InlineData(401, DeliveryOutcome.Refused)]
    [InlineData(403, DeliveryOutcome.Refused)]
    [InlineData(404, DeliveryOutcome.Refused)]
    [InlineData(410, DeliveryOutcome.Refused)]
    [InlineData(422, DeliveryOutcome.Refused)]
    [InlineData(408, DeliveryOutcome.Failed)]
    [InlineData(425, DeliveryOutcome.Failed)]
    [InlineData(429, DeliveryOutcome.Failed)]
    [InlineData(500, DeliveryOutcome.Failed)]
    [InlineData(502, DeliveryOutcome.Failed)]
    [InlineData(503, DeliveryOutcome.Failed)]
    [InlineData(504, DeliveryOutcome.Failed)]
    public async Task The_status_decides_what_came_of_it(int status, DeliveryOutcome outcome)
    {
        _standIn.AnswerWith(status);

        var answer = await SendAsync(Message(null), secret: null);

        Assert.Equal((outcome, status), (answer.Outcome, answer.Status));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await StandIn.StartAsync(Cancellation);
        _standIn.Answer = context =>
        {
            context.Response.Redirect(elsewhere.Url);
            return Task.CompletedTask;
        };

        var answer = await SendAsync(Message(null), secret: null);

        Assert.Equal((DeliveryOutcome.Refused, 302), (answer.Outcome, answer.Status));
        Assert.Equal(0, elsewhere.Waiting);
    }

    [Fact]
    public async Task An_endless_answer_is_read_only_as_far_as_people_look()
    {
        _standIn.Answer = async context =>
        {
            context.Response.StatusCode = 500;
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.WriteAsync(new string('x', 4_096), CancellationToken.None);
        };

        var answer = await SendAsync(Message(null), secret: null);

        Assert.Equal((DeliveryOutcome.Failed, DeliveryAnswer.LongestText), (answer.Outcome, answer.Text.Length));
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_a_failure_that_may_pass()
    {
        var url = _standIn.Url;
        await _standIn.DisposeAsync();

        var answer = await SendAsync(Message(null), secret: null, url);

        Assert.Equal((DeliveryOutcome.Failed, (int?)null), (answer.Outcome, answer.Status));
        Assert.Contains("refused", answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/")]
    [InlineData("http://[2002:a9fe:a9fe::1]/")]
    [InlineData("http://[fd00:ec2::254]/")]
    [InlineData("http://0xa9fea9fe/")]
    [InlineData("http://2852039166/")]
    [InlineData("http://0251.0376.0251.0376/")]
    public async Task The_metadata_service_of_a_cloud_is_never_asked(string url)
    {
        var answer = await SendAsync(Message(null), secret: null, url);

        Assert.Equal(DeliveryOutcome.Refused, answer.Outcome);
        Assert.Contains("LLMscope sends nothing", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://example.org/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:password@example.org/")]
    [InlineData("example.org/hook")]
    [InlineData("")]
    public void An_address_that_is_none_is_refused_where_it_is_entered(string url)
    {
        var problems = new WebhookReceiver(_http, _clock).Check(new(new Dictionary<string, string> { ["url"] = url }, null));

        Assert.Equal("url", Assert.Single(problems).Field);
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("whsec_")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_not base64 at all, though long enough to be a key")]
    public void A_secret_that_is_none_is_refused_where_it_is_entered(string secret)
    {
        var problems = new WebhookReceiver(_http, _clock).Check(new(new Dictionary<string, string> { ["url"] = "https://example.org" }, secret));

        Assert.Equal("secret", Assert.Single(problems).Field);
    }

    private static AlertMessage Message(LLMscope.Monitoring.Violations.ViolationNotice? notice) => Messages.Of(notice);

    private Task<DeliveryAnswer> SendAsync(AlertMessage message, string? secret, string? url = null) => new WebhookReceiver(_http, _clock).SendAsync(
        message, new(new Dictionary<string, string> { ["url"] = url ?? _standIn.Url }, secret), Cancellation);
}

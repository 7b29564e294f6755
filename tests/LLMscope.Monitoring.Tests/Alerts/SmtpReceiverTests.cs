using System.Net;
using System.Net.Sockets;
using LLMscope.Monitoring.Alerts;
using LLMscope.Monitoring.Alerts.Receivers;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Monitoring.Tests.Alerts;

public class SmtpReceiverTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_has_text_before_html_and_an_identity_that_stays()
    {
        await using var server = await MailServer.StartAsync(new { }, Cancellation);
        var violation = Guid.NewGuid();
        var message = Messages.Of(Notices.Opened(violation));

        var answer = await SendAsync(message, Plain(server.Port));

        Assert.Equal(DeliveryOutcome.Accepted, answer.Outcome);
        var mail = await server.NextAsync(Cancellation);
        Assert.Equal("llmscope@example.org", mail.From);
        string[] recipients = ["ann@example.org", "ben@example.org"];
        Assert.Equal(recipients, mail.To);
        Assert.Contains($"Message-ID: <{message.Id}@example.org>", mail.Raw, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Auto-Submitted: auto-generated", mail.Raw, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"References: <violation-{violation}@example.org>", mail.Raw, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("multipart/alternative", mail.Raw, StringComparison.Ordinal);
        var (text, html) = (mail.Raw.IndexOf("text/plain", StringComparison.Ordinal), mail.Raw.IndexOf("text/html", StringComparison.Ordinal));
        Assert.True(text > 0 && text < html);
        Assert.Contains("Why: R1: 1 point beyond 3 sigma", mail.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_name_of_a_model_adds_no_header_and_no_markup()
    {
        await using var server = await MailServer.StartAsync(new { }, Cancellation);
        var source = new Source(Model: "x\r\nBcc: eve@example.org\r\n\r\n<b>");

        await SendAsync(Messages.Of(Notices.Opened(Guid.NewGuid(), source)), Plain(server.Port));

        var mail = await server.NextAsync(Cancellation);
        Assert.Equal(2, mail.To.Length);
        Assert.DoesNotContain("\nBcc:", mail.Raw, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", mail.Raw[mail.Raw.IndexOf("text/html", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_no_mail_unless_that_is_allowed()
    {
        await using var server = await MailServer.StartAsync(new { }, Cancellation);

        var answer = await SendAsync(Messages.Of(null), Plain(server.Port, ("insecure", "")));

        Assert.NotEqual(DeliveryOutcome.Accepted, answer.Outcome);
        Assert.Contains("secure", answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_gets_no_mail_and_no_password()
    {
        await using var server = await MailServer.StartAsync(new { startTls = true, user = "llmscope", password = "correct horse" }, Cancellation);

        var answer = await SendAsync(Messages.Of(null), Plain(server.Port, ("insecure", ""), ("user", "llmscope")), "correct horse");

        Assert.Equal(DeliveryOutcome.Failed, answer.Outcome);
        Assert.Contains("certificate", answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("correct horse", DeliveryOutcome.Accepted)]
    [InlineData("wrong", DeliveryOutcome.Refused)]
    public async Task Over_STARTTLS_the_password_decides(string password, DeliveryOutcome outcome)
    {
        using var _ = TrustInTestServer.Begin();
        await using var server = await MailServer.StartAsync(new { startTls = true, user = "llmscope", password = "correct horse" }, Cancellation);

        var answer = await SendAsync(Messages.Of(null), Plain(server.Port, ("insecure", ""), ("user", "llmscope")), password);

        Assert.Equal(outcome, answer.Outcome);
        if (outcome == DeliveryOutcome.Accepted)
        {
            var mail = await server.NextAsync(Cancellation);
            Assert.True(mail.Secure);
            Assert.Equal("llmscope", mail.User);
        }
    }

    [Theory]
    [InlineData(451, DeliveryOutcome.Failed)]
    [InlineData(421, DeliveryOutcome.Failed)]
    [InlineData(552, DeliveryOutcome.Refused)]
    [InlineData(554, DeliveryOutcome.Refused)]
    public async Task The_status_decides_what_came_of_it(int status, DeliveryOutcome outcome)
    {
        await using var server = await MailServer.StartAsync(new { data = status }, Cancellation);

        var answer = await SendAsync(Messages.Of(null), Plain(server.Port));

        Assert.Equal((outcome, status), (answer.Outcome, answer.Status));
    }

    [Theory]
    [InlineData(550, 550, DeliveryOutcome.Refused)]
    [InlineData(550, 0, DeliveryOutcome.Accepted)]
    [InlineData(450, 0, DeliveryOutcome.Failed)]
    [InlineData(450, 550, DeliveryOutcome.Failed)]
    public async Task A_refused_recipient_is_no_reason_to_tell_the_others_twice(int ann, int ben, DeliveryOutcome outcome)
    {
        var rules = new { recipients = new Dictionary<string, int> { ["ann@example.org"] = ann, ["ben@example.org"] = ben } };
        await using var server = await MailServer.StartAsync(rules, Cancellation);

        var answer = await SendAsync(Messages.Of(null), Plain(server.Port));

        Assert.Equal(outcome, answer.Outcome);
        Assert.Contains("ann@example.org", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_speaks_is_left_when_the_time_is_over()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var sending = SendAsync(Messages.Of(null), Plain(((IPEndPoint)silent.LocalEndpoint).Port), cancellation: over.Token);
        using var connection = await silent.AcceptSocketAsync(Cancellation);

        await over.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Theory]
    [InlineData("port", "465", "port")]
    [InlineData("port", "0", "port")]
    [InlineData("port", "x", "port")]
    [InlineData("host", "", "host")]
    [InlineData("host", "mail.example.org:25", "host")]
    [InlineData("from", "nobody", "from")]
    [InlineData("to", "ann@example.org, nobody", "to")]
    [InlineData("to", "", "to")]
    [InlineData("user", "llmscope", "insecure")]
    public void What_cannot_work_is_refused_where_it_is_entered(string field, string value, string named)
    {
        var problems = new SmtpReceiver().Check(new(Plain(25, (field, value)), null));

        Assert.Equal(named, Assert.Single(problems).Field);
    }

    private static Dictionary<string, string> Plain(int port, params (string Field, string Value)[] others)
    {
        var settings = new Dictionary<string, string>
        {
            ["host"] = "127.0.0.1",
            ["port"] = $"{port}",
            ["insecure"] = ReceiverField.On,
            ["from"] = "llmscope@example.org",
            ["to"] = "ann@example.org, ben@example.org",
        };
        foreach (var (field, value) in others)
            settings[field] = value;

        return settings;
    }

    private static Task<DeliveryAnswer> SendAsync(
        AlertMessage message, Dictionary<string, string> settings, string? secret = null, CancellationToken? cancellation = null) =>
        new SmtpReceiver().SendAsync(message, new(settings, secret), cancellation ?? Cancellation);
}

/// <summary>For its time this process trusts every certificate: that of the mail server is self-signed.</summary>
internal sealed class TrustInTestServer : IDisposable
{
    private TrustInTestServer()
    {
    }

    public static IDisposable Begin()
    {
#pragma warning disable SYSLIB0014, MA0039 // The mail client of .NET asks nobody else, and the certificate of the test is self-signed.
        ServicePointManager.ServerCertificateValidationCallback = (_, certificate, _, errors) =>
            errors == System.Net.Security.SslPolicyErrors.None || certificate is not null;
#pragma warning restore SYSLIB0014, MA0039
        return new TrustInTestServer();
    }

    public void Dispose()
    {
#pragma warning disable SYSLIB0014, MA0039
        ServicePointManager.ServerCertificateValidationCallback = null;
#pragma warning restore SYSLIB0014, MA0039
    }
}

using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;
using System.Text;
using System.Text.Encodings.Web;

namespace LLMscope.Monitoring.Alerts.Receivers;

/// <summary>
/// Mail over SMTP with STARTTLS. It speaks through the client of .NET, which knows no implicit TLS (port 465) and authenticates by LOGIN.
/// </summary>
internal sealed class SmtpReceiver : IReceiver
{
    private const int ImplicitTls = 465;
    private const int MostRecipients = 50;

    public ReceiverKind Kind { get; } = new("smtp", "E-mail (SMTP)",
    [
        new("host", "Server", FieldInput.Text, Required: true) { LeadsSecret = true },
        new("port", "Port", FieldInput.Number, Default: "587", Hint: "587 with STARTTLS. Implicit TLS (port 465) is not supported.") { LeadsSecret = true },
        new("insecure", "Without encryption", FieldInput.Switch, Hint: "Only for a server on this machine or a network that you trust.") { LeadsSecret = true },
        new("from", "From", FieldInput.Text, Required: true),
        new("to", "To", FieldInput.Text, Required: true, Hint: "One address, or several separated by commas."),
        new("user", "User name", FieldInput.Text),
        new("secret", "Password", FieldInput.Secret),
    ])
    { Timeout = TimeSpan.FromSeconds(30) };

    public IEnumerable<FieldProblem> Check(ReceiverConfiguration configuration)
    {
        if (Uri.CheckHostName(configuration["host"]) == UriHostNameType.Unknown)
            yield return new("host", "Enter the name or address of the mail server, without a port.");
        if (!TryPort(configuration, out var port))
            yield return new("port", "Enter a number between 1 and 65535.");
        else if (port == ImplicitTls)
            yield return new("port", "Port 465 speaks implicit TLS, which is not supported. Use 587 with STARTTLS.");
        if (!MailAddress.TryCreate(configuration["from"], out _))
            yield return new("from", "Enter one mail address.");

        var recipients = Recipients(configuration);
        if (recipients.Length is 0 or > MostRecipients || recipients.Any(recipient => !MailAddress.TryCreate(recipient, out _)))
            yield return new("to", $"Enter 1 to {MostRecipients} mail addresses, separated by commas.");
        if (configuration["user"].Length == 0 && configuration.Secret is not null)
            yield return new("user", "A password needs a user name.");
        if (configuration["user"].Length > 0 && configuration.IsOn("insecure"))
            yield return new("insecure", "A password is not sent without encryption. Remove the user name, or use STARTTLS.");
    }

    public async Task<DeliveryAnswer> SendAsync(AlertMessage message, ReceiverConfiguration configuration, CancellationToken cancellation)
    {
        if (Check(configuration).FirstOrDefault() is { } problem)
            return DeliveryAnswer.Refused(null, $"{problem.Field}: {problem.Message}");

        try
        {
            await AddressPolicy.ResolveAsync(configuration["host"], cancellation);
            TryPort(configuration, out var port);
            using var client = new SmtpClient(configuration["host"], port) { EnableSsl = !configuration.IsOn("insecure") };
            if (configuration["user"].Length > 0)
                client.Credentials = new NetworkCredential(configuration["user"], configuration.Secret);

            using var mail = Mail(message, configuration);
            await client.SendMailAsync(mail, cancellation);
            return DeliveryAnswer.Accepted(null, "");
        }
        catch (ForbiddenAddressException forbidden)
        {
            return DeliveryAnswer.Refused(null, forbidden.Message);
        }
        catch (SocketException fault)
        {
            return DeliveryAnswer.Failed(null, fault.Message);
        }
        catch (SmtpFailedRecipientException fault)
        {
            return Judge(fault, Recipients(configuration).Length);
        }
        catch (SmtpException fault)
        {
            cancellation.ThrowIfCancellationRequested(); // The client reports a broken connection where it was broken on purpose.
            return Judge(fault);
        }
    }

    // The others have it already. A lasting refusal of one of them is no reason to send it to them again; a passing one is:
    // they see the same Message-ID.
    private static DeliveryAnswer Judge(SmtpFailedRecipientException fault, int recipients)
    {
        var failed = fault is SmtpFailedRecipientsException { InnerExceptions: { Length: > 0 } several } ? several : [fault];
        var text = string.Join("; ", failed.Select(one => $"{one.FailedRecipient}: {(int)one.StatusCode} {Words(one)}"));
        if (failed.Any(one => IsPassing(one.StatusCode)))
            return DeliveryAnswer.Failed((int)failed[0].StatusCode, text);

        return failed.Length < recipients ? DeliveryAnswer.Accepted(null, $"Some recipients were refused: {text}") : DeliveryAnswer.Refused((int)failed[0].StatusCode, text);
    }

    private static DeliveryAnswer Judge(SmtpException fault)
    {
        int? status = fault.StatusCode == SmtpStatusCode.GeneralFailure ? null : (int)fault.StatusCode;
        return IsPassing(fault.StatusCode) ? DeliveryAnswer.Failed(status, Words(fault)) : DeliveryAnswer.Refused(status, Words(fault));
    }

    private static bool IsPassing(SmtpStatusCode status) => status == SmtpStatusCode.GeneralFailure || (int)status is < 500 or > 599;

    private static string Words(SmtpException fault) => fault.InnerException is { } inner ? $"{fault.Message} {inner.Message}" : fault.Message;

    private static MailMessage Mail(AlertMessage message, ReceiverConfiguration configuration)
    {
        var from = new MailAddress(configuration["from"]);
        var mail = new MailMessage { From = from, Subject = Line(message.Title), SubjectEncoding = Encoding.UTF8, HeadersEncoding = Encoding.UTF8 };
        foreach (var recipient in Recipients(configuration))
            mail.To.Add(new MailAddress(recipient));

        mail.Headers.Add("Message-ID", $"<{message.Id}@{from.Host}>");
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Headers.Add("X-Auto-Response-Suppress", "All");
        if (message.Notice is { } notice)
        {
            // A thread for each violation, under a root that is never sent.
            var root = $"<violation-{notice.ViolationId}@{from.Host}>";
            mail.Headers.Add("In-Reply-To", root);
            mail.Headers.Add("References", root);
        }

        mail.AlternateViews.Add(View(Text(message), MediaTypeNames.Text.Plain));
        mail.AlternateViews.Add(View(Html(message), MediaTypeNames.Text.Html));
        return mail;
    }

    private static AlternateView View(string content, string type)
    {
        var view = AlternateView.CreateAlternateViewFromString(content, Encoding.UTF8, type);
        view.TransferEncoding = TransferEncoding.QuotedPrintable;
        return view;
    }

    private static string Text(AlertMessage message)
    {
        var text = new StringBuilder().Append(Line(message.Title)).Append("\r\n\r\n");
        foreach (var (label, fact) in message.Facts)
            text.Append(CultureInfo.InvariantCulture, $"{label}: {Line(fact)}\r\n");

        return text.Append(CultureInfo.InvariantCulture, $"\r\n{message.Link}\r\n").ToString();
    }

    private static string Html(AlertMessage message)
    {
        var html = new StringBuilder().Append(CultureInfo.InvariantCulture, $"<!doctype html><html><body><h1 style=\"font-size:1.2em\">{Encoded(message.Title)}</h1><table>");
        foreach (var (label, fact) in message.Facts)
            html.Append(CultureInfo.InvariantCulture, $"<tr><th align=\"left\">{Encoded(label)}</th><td>{Encoded(fact)}</td></tr>");

        return html.Append(CultureInfo.InvariantCulture, $"</table><p><a href=\"{Encoded(message.Link.AbsoluteUri)}\">Open in LLMscope</a></p></body></html>").ToString();
    }

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);

    // Names come from outside. A line break in one would begin a header of its own.
    private static string Line(string text) => new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);

    private static bool TryPort(ReceiverConfiguration configuration, out int port) =>
        int.TryParse(configuration["port"] is { Length: > 0 } text ? text : "587", NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and < 65_536;

    private static string[] Recipients(ReceiverConfiguration configuration) =>
        configuration["to"].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

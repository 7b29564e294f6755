using System.Text.Json;
using LLMscope.Monitoring.Violations;

namespace LLMscope.Monitoring.Alerts.Receivers;

/// <summary>A channel of Slack, or of whatever speaks its incoming webhooks.</summary>
internal sealed class SlackReceiver(OutboundHttp http, TimeProvider clock) : IReceiver
{
    // Slack's own limits.
    private const int LongestHeader = 150;
    private const int LongestField = 2_000;
    private const int MostFields = 10;

    /// <summary>Texts with which Slack says that it will never take a message to this address or of this form.</summary>
    private static readonly string[] Final =
    [
        "invalid_payload", "no_text", "invalid_token", "no_service", "no_service_id", "no_team", "team_disabled", "no_active_hooks", "channel_not_found",
        "channel_is_archived", "action_prohibited", "user_not_found", "posting_to_general_channel_denied", "too_many_attachments", "invalid_blocks",
    ];

    public ReceiverKind Kind { get; } = new("slack", "Slack",
    [
        new("secret", "Incoming webhook URL", FieldInput.Secret, Required: true, Hint: "Whoever knows it can post to the channel, so it is stored encrypted."),
    ]);

    public IEnumerable<FieldProblem> Check(ReceiverConfiguration configuration)
    {
        if (configuration.Secret is { } url && !OutboundHttp.TryParse(url, out _))
            yield return new("secret", "Enter the whole address that Slack shows for the incoming webhook.");
    }

    public Task<DeliveryAnswer> SendAsync(AlertMessage message, ReceiverConfiguration configuration, CancellationToken cancellation) =>
        OutboundHttp.TryParse(configuration.Secret ?? "", out var address)
            ? HttpVerdict.PostAsync(http, address, Body(message), [], Judge, cancellation)
            : Task.FromResult(DeliveryAnswer.Refused(null, "The incoming webhook URL is missing or not valid."));

    private DeliveryAnswer Judge(HttpAnswer answer)
    {
        var word = answer.Body.Trim();
        if (Final.Contains(word))
            return DeliveryAnswer.Refused(answer.Status, $"HTTP {answer.Status}: {word}");

        // A page of a proxy or a login answers 200 as well; only Slack says ok.
        return answer.Status == 200 && word != "ok"
            ? DeliveryAnswer.Failed(answer.Status, $"HTTP 200, but not Slack's ok: {word}")
            : HttpVerdict.Of(answer, clock);
    }

    private static byte[] Body(AlertMessage message) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            text = Escaped($"{Mark(message)} {message.Title}"),
            attachments = new[]
            {
                new { color = Colour(message), blocks = Blocks(message) },
            },
        },
        NoticeJson.Options);

    private static List<object> Blocks(AlertMessage message)
    {
        var fields = message.Facts.Take(MostFields)
            .Select(fact => new { type = "mrkdwn", text = Escaped(Cut($"*{fact.Label}*\n{fact.Text}", LongestField / 6)) });
        return
        [
            new { type = "header", text = new { type = "plain_text", text = Cut($"{Mark(message)} {message.Title}", LongestHeader) } },
            new { type = "section", fields },
            new
            {
                type = "actions",
                elements = new[] { new { type = "button", text = new { type = "plain_text", text = "Open in LLMscope" }, url = message.Link } },
            },
            new { type = "context", elements = new[] { new { type = "mrkdwn", text = $"LLMscope · {NotificationWords.Of(message.Kind)} · {message.Id}" } } },
        ];
    }

    // Form and colour say the same, for those who see only one of them.
    private static string Mark(AlertMessage message) => message.Kind switch
    {
        NotificationKind.Opened => "◆",
        NotificationKind.Resolved => "●",
        _ => "○",
    };

    private static string Colour(AlertMessage message) => message switch
    {
        { Kind: NotificationKind.Opened, Notice.Severity: Severity.Critical } => "#D55E00",
        { Kind: NotificationKind.Opened } => "#E69F00",
        { Kind: NotificationKind.Resolved } => "#009E73",
        _ => "#56B4E9",
    };

    // Slack asks for exactly these three. With them gone nothing can mention a channel or a person, since mentions begin with "<".
    // Names of models come from outside; an at sign before a word is taken apart for clients that link it by itself.
    private static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("@", "@\u200B", StringComparison.Ordinal);

    private static string Cut(string text, int most) => text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 1), "…");
}

using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LLMscope.Monitoring.Alerts.Receivers;

/// <summary>Any program that takes a POST, in the form of Standard Webhooks 1.0.0, signed where a secret is set.</summary>
internal sealed class WebhookReceiver(OutboundHttp http, TimeProvider clock) : IReceiver
{
    private const string SecretPrefix = "whsec_";

    public ReceiverKind Kind { get; } = new("webhook", "Webhook",
    [
        new("url", "URL", FieldInput.Text, Required: true, Hint: "http or https; redirects are not followed."),
        new("secret", "Signing secret", FieldInput.Secret, Hint: "whsec_ and the base64 of 24 to 64 bytes. Without it messages are not signed."),
    ]);

    public IEnumerable<FieldProblem> Check(ReceiverConfiguration configuration)
    {
        if (!OutboundHttp.TryParse(configuration["url"], out _))
            yield return new("url", "Enter a whole http or https address without user name and password.");
        if (configuration.Secret is { } secret && Key(secret) is null)
            yield return new("secret", "Enter whsec_ followed by the base64 of 24 to 64 bytes.");
    }

    public Task<DeliveryAnswer> SendAsync(AlertMessage message, ReceiverConfiguration configuration, CancellationToken cancellation)
    {
        if (!OutboundHttp.TryParse(configuration["url"], out var address))
            return Task.FromResult(DeliveryAnswer.Refused(null, "The URL is not valid."));

        var json = Body(message);
        var id = message.Id.ToString();
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds();
        List<(string, string)> headers = [("webhook-id", id), ("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture))];
        if (configuration.Secret is { } secret)
        {
            if (Key(secret) is not { } key)
                return Task.FromResult(DeliveryAnswer.Refused(null, "The signing secret is not valid."));

            headers.Add(("webhook-signature", Signature(key, id, timestamp, json)));
        }

        return HttpVerdict.PostAsync(http, address, json, headers, answer => HttpVerdict.Of(answer, clock), cancellation);
    }

    /// <summary>The signature over id, time and body, as the header carries it.</summary>
    internal static string Signature(byte[] key, string id, long timestamp, byte[] body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        hash.AppendData(body);
        return $"v1,{Convert.ToBase64String(hash.GetHashAndReset())}";
    }

    /// <summary>The bytes of a secret, or null where it is not one.</summary>
    internal static byte[]? Key(string secret)
    {
        if (!secret.StartsWith(SecretPrefix, StringComparison.Ordinal) || !Base64.IsValid(secret.AsSpan(SecretPrefix.Length)))
            return null;

        var key = Convert.FromBase64String(secret[SecretPrefix.Length..]);
        return key.Length is >= 24 and <= 64 ? key : null;
    }

    private static byte[] Body(AlertMessage message) => JsonSerializer.SerializeToUtf8Bytes(
        new Envelope(
            message.Kind switch
            {
                NotificationKind.Opened => "violation.opened",
                NotificationKind.Resolved => "violation.resolved",
                _ => "test",
            },
            message.CreatedAt.UtcDateTime,
            Data(message)),
        NoticeJson.Options);

    // The facts of the violation are the data; what people read, and where they look, is beside them.
    private static Dictionary<string, object?> Data(AlertMessage message)
    {
        var data = new Dictionary<string, object?>();
        if (message.Notice is { } notice)
        {
            foreach (var property in JsonSerializer.SerializeToElement(notice, NoticeJson.Options).EnumerateObject())
                data.Add(property.Name, property.Value);
        }

        data.Add("message", message.Title);
        data.Add("url", message.Link);
        if (message.TellsOpening)
            data.Add("tellsOpening", true);
        return data;
    }

    /// <param name="Timestamp">When it happened, which is not when it is sent.</param>
    private sealed record Envelope(string Type, DateTime Timestamp, Dictionary<string, object?> Data);
}

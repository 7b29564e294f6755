using LLMscope.Monitoring.Alerts;

namespace LLMscope.Service.Alerts;

/// <summary>A receiver as the API takes it.</summary>
/// <param name="Kind">webhook, slack or smtp.</param>
/// <param name="Enabled">Whether violations are sent to it; left out, they are.</param>
/// <param name="Settings">The values of the kind's fields, as text.</param>
/// <param name="Secret">Left out or null, the stored one is kept; the empty string removes it. It is never returned.</param>
public sealed record ReceiverRequest(string? Name, string? Kind, bool? Enabled, Dictionary<string, string?>? Settings, string? Secret)
{
    internal ReceiverDraft ToDraft() => new(
        Name ?? "", Kind ?? "", Enabled ?? true, (Settings ?? []).ToDictionary(setting => setting.Key, setting => setting.Value ?? ""), Secret);
}

/// <param name="SecretHint">The end of the secret; null where there is none.</param>
/// <param name="HoldUntil">It asked for patience until then.</param>
/// <param name="Last">Its newest notification that was tried.</param>
public sealed record ReceiverResponse(
    Guid Id,
    string Name,
    string Kind,
    bool Enabled,
    IReadOnlyDictionary<string, string> Settings,
    string? SecretHint,
    DateTime? HoldUntil,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    LastDeliveryResponse? Last)
{
    internal static ReceiverResponse Of(Receiver receiver) => new(
        receiver.Id, receiver.Name, receiver.Kind, receiver.Enabled, receiver.Settings, receiver.SecretHint, receiver.HoldUntil?.UtcDateTime,
        receiver.CreatedAt.UtcDateTime, receiver.UpdatedAt.UtcDateTime,
        receiver.Last is { } last ? new(last.State, last.At.UtcDateTime, last.Status, last.Error) : null);
}

public sealed record LastDeliveryResponse(NotificationState State, DateTime At, int? Status, string? Error);

/// <summary>What a receiver answered to a test message.</summary>
/// <param name="Outcome">accepted, refused, or failed where it may succeed later.</param>
/// <param name="Status">The status of HTTP or SMTP, where there was one.</param>
public sealed record TestResponse(DeliveryOutcome Outcome, int? Status, string Text);

/// <param name="ViolationId">Null for a test.</param>
public sealed record NotificationResponse(
    Guid Id,
    Guid ReceiverId,
    string Receiver,
    Guid? ViolationId,
    NotificationKind Kind,
    NotificationState State,
    int Attempts,
    DateTime? NextAttemptAt,
    int? LastStatus,
    string? LastError,
    DateTime CreatedAt,
    DateTime? SentAt)
{
    internal static NotificationResponse Of(Notification notification) => new(
        notification.Id, notification.ReceiverId, notification.ReceiverName, notification.ViolationId, notification.Kind, notification.State, notification.Attempts,
        notification.NextAttemptAt?.UtcDateTime, notification.LastStatus, notification.LastError, notification.CreatedAt.UtcDateTime, notification.SentAt?.UtcDateTime);
}

public sealed record ReceiverList(IReadOnlyList<ReceiverResponse> Receivers);

public sealed record NotificationList(IReadOnlyList<NotificationResponse> Notifications);

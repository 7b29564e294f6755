namespace LLMscope.Monitoring.Alerts;

/// <summary>A destination of notifications, as people see it: without its secret.</summary>
/// <param name="Kind">For example <c>slack</c>.</param>
/// <param name="SecretHint">The end of the secret, or that it cannot be read any more; null where there is none.</param>
/// <param name="HoldUntil">It asked for patience: nothing is sent to it before.</param>
/// <param name="Last">Its newest notification that was tried.</param>
public sealed record Receiver(
    Guid Id,
    string Name,
    string Kind,
    bool Enabled,
    IReadOnlyDictionary<string, string> Settings,
    string? SecretHint,
    DateTimeOffset? HoldUntil,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    LastDelivery? Last);

/// <param name="At">When it was sent, or else when it was written.</param>
public sealed record LastDelivery(NotificationState State, DateTimeOffset At, int? Status, string? Error);

namespace LLMscope.Monitoring.Alerts;

/// <summary>What is written down after an attempt: the state it leads to, and why.</summary>
internal sealed record Settlement(
    NotificationState State,
    int? Status = null,
    string? Error = null,
    DateTimeOffset? SentAt = null,
    DateTimeOffset? NextAttemptAt = null,
    DateTimeOffset? HoldUntil = null)
{
    /// <param name="chance">A random number in [0, 1), for the jitter.</param>
    public static Settlement Of(DeliveryAnswer answer, ClaimedNotification claimed, DateTimeOffset now, double chance) => answer.Outcome switch
    {
        DeliveryOutcome.Accepted => new(NotificationState.Sent, answer.Status, Remark(answer), SentAt: now),
        DeliveryOutcome.Refused => new(NotificationState.Dead, answer.Status, answer.Text),
        _ when claimed.Kind == NotificationKind.Test => new(NotificationState.Dead, answer.Status, answer.Text),
        _ when DeliveryRetry.IsOver(claimed.Attempts, now, claimed.RetryUntil) => new(NotificationState.Dead, answer.Status, answer.Text, HoldUntil: Hold(answer, now)),
        _ => new(NotificationState.Retry, answer.Status, answer.Text, NextAttemptAt: Hold(answer, now) ?? (now + DeliveryRetry.Wait(claimed.Attempts, chance)), HoldUntil: Hold(answer, now)),
    };

    private static DateTimeOffset? Hold(DeliveryAnswer answer, DateTimeOffset now) =>
        answer.RetryAfter is { } patience ? now + DeliveryRetry.Bounded(patience) : null;

    // A mail server may take a message and still refuse one of its recipients.
    private static string? Remark(DeliveryAnswer answer) => answer.Text.Length > 0 && answer.Status is null ? answer.Text : null;
}

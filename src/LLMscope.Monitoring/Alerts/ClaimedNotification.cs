using LLMscope.Monitoring.Violations;

namespace LLMscope.Monitoring.Alerts;

/// <summary>A notification that this process has leased, with the receiver as it was then.</summary>
/// <param name="Attempts">This one included.</param>
/// <param name="TellsOpening">The beginning of the violation did not get out; this message tells of it too.</param>
internal sealed record ClaimedNotification(
    Guid Id,
    Guid ReceiverId,
    string ReceiverName,
    string ReceiverKind,
    Dictionary<string, string> Settings,
    byte[]? Secret,
    NotificationKind Kind,
    ViolationNotice? Notice,
    bool TellsOpening,
    int Attempts,
    DateTimeOffset RetryUntil,
    DateTimeOffset CreatedAt);

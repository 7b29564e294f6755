namespace LLMscope.Monitoring.Alerts;

/// <summary>One message about one violation to one receiver, and how far its delivery came.</summary>
/// <param name="Id">Sent along with every attempt, so that the receiver can tell a duplicate.</param>
/// <param name="ViolationId">Null for a test.</param>
/// <param name="NextAttemptAt">Null once it is finished.</param>
public sealed record Notification(
    Guid Id,
    Guid ReceiverId,
    string ReceiverName,
    Guid? ViolationId,
    NotificationKind Kind,
    NotificationState State,
    int Attempts,
    DateTimeOffset? NextAttemptAt,
    int? LastStatus,
    string? LastError,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SentAt);

public enum NotificationKind
{
    Opened,
    Resolved,
    Test,
}

public enum NotificationState
{
    /// <summary>It was not tried yet.</summary>
    Pending,

    /// <summary>An attempt is under way, under a lease: where LLMscope dies meanwhile, it is tried again once that has run out.</summary>
    Sending,

    /// <summary>The receiver took it.</summary>
    Sent,

    /// <summary>It failed and will be tried again.</summary>
    Retry,

    /// <summary>It was refused or failed too often. It can be sent again by hand.</summary>
    Dead,

    /// <summary>The message about the end of the violation told of its beginning too.</summary>
    Merged,
}

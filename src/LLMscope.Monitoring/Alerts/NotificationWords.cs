namespace LLMscope.Monitoring.Alerts;

/// <summary>States and kinds as they are written in the database, in JSON and on screen.</summary>
public static class NotificationWords
{
    public static string Of(NotificationState state) => state switch
    {
        NotificationState.Pending => "pending",
        NotificationState.Sending => "sending",
        NotificationState.Sent => "sent",
        NotificationState.Retry => "retry",
        NotificationState.Dead => "dead",
        NotificationState.Merged => "merged",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static string Of(NotificationKind kind) => kind switch
    {
        NotificationKind.Opened => "opened",
        NotificationKind.Resolved => "resolved",
        NotificationKind.Test => "test",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static NotificationKind KindOf(string word) => Enum.GetValues<NotificationKind>().Single(kind => Of(kind) == word);

    public static NotificationState? FindState(string word)
    {
        foreach (var state in Enum.GetValues<NotificationState>())
        {
            if (Of(state) == word)
                return state;
        }

        return null;
    }
}

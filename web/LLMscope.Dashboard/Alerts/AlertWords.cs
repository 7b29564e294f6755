using LLMscope.Monitoring.Alerts;

namespace LLMscope.Dashboard.Alerts;

/// <summary>States and outcomes as people read them, and the class of their chip.</summary>
internal static class AlertWords
{
    public static string Of(NotificationState state) => state switch
    {
        NotificationState.Pending => "waiting",
        NotificationState.Sending => "being sent",
        NotificationState.Retry => "failed, will be tried again",
        NotificationState.Dead => "given up",
        NotificationState.Merged => "told with the end",
        _ => NotificationWords.Of(state),
    };

    public static string Of(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Accepted => "accepted",
        DeliveryOutcome.Refused => "refused",
        _ => "failed",
    };

    public static string Class(NotificationState state) => NotificationWords.Of(state);

    public static string Class(DeliveryOutcome outcome) => Of(outcome);
}

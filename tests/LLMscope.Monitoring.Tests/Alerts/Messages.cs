using LLMscope.Monitoring.Alerts;
using LLMscope.Monitoring.Violations;

namespace LLMscope.Monitoring.Tests.Alerts;

internal static class Messages
{
    /// <summary>The message that tells of a notice; that of a test without one.</summary>
    public static AlertMessage Of(ViolationNotice? notice, bool tellsOpening = false)
    {
        var written = new DateTimeOffset(2026, 3, 2, 12, 3, 1, TimeSpan.Zero);
        var kind = notice is null ? NotificationKind.Test : notice.Resolved ? NotificationKind.Resolved : NotificationKind.Opened;
        var claimed = new ClaimedNotification(
            Guid.CreateVersion7(written), Guid.NewGuid(), "on call", "any", [], null, kind, notice, tellsOpening, 1, written.AddDays(1), written);
        return AlertMessage.Of(claimed, new Uri("https://scope.example/"));
    }
}

using System.Diagnostics.Metrics;
using LLMscope.Monitoring.Storage;

namespace LLMscope.Monitoring.Alerts;

/// <summary>What alert delivery counts of itself.</summary>
internal sealed class AlertMeter
{
    private readonly Counter<long> _notifications;
    private readonly Histogram<double> _latency;
    private readonly TimeProvider _clock;
    private (long Count, DateTimeOffset? Oldest)? _waiting;

    public AlertMeter(IMeterFactory meters, IEnumerable<IReceiver> receivers, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(ArchiveMeter.Name);
        _notifications = meter.CreateCounter<long>("llmscope.notifications", "{attempt}", "Attempts to deliver a notification, by the kind of receiver and what came of it.");
        _latency = meter.CreateHistogram<double>("llmscope.notification.latency", "s", "From the commit of a violation to the receiver's acceptance of its message.");
        meter.CreateObservableGauge("llmscope.outbox.pending", Pending, "{notification}", "Notifications that wait to be delivered, counted up to 10000.");
        meter.CreateObservableGauge("llmscope.outbox.oldest.age", OldestAge, "s", "Age of the oldest notification that waits.");
        foreach (var receiver in receivers)
        {
            foreach (var outcome in (ReadOnlySpan<string>)["sent", "failed", "dead"])
                _notifications.Add(0, Receiver(receiver.Kind.Name), Outcome(outcome)); // What never happened is 0, not absent.
        }
    }

    public void Attempted(string receiverKind, NotificationState state, TimeSpan sinceCommit)
    {
        var outcome = state switch
        {
            NotificationState.Sent => "sent",
            NotificationState.Dead => "dead",
            _ => "failed",
        };
        _notifications.Add(1, Receiver(receiverKind), Outcome(outcome));
        if (state == NotificationState.Sent)
            _latency.Record(sinceCommit.TotalSeconds, Receiver(receiverKind));
    }

    /// <summary>Keeps what the sender last saw of the outbox, so that reading a gauge asks no database.</summary>
    public void Saw(long waiting, DateTimeOffset? oldest)
    {
        lock (_notifications)
            _waiting = (waiting, oldest);
    }

    private static KeyValuePair<string, object?> Receiver(string kind) => new("receiver", kind);

    private static KeyValuePair<string, object?> Outcome(string outcome) => new("outcome", outcome);

    // Nothing is reported before the outbox was looked at: unknown is not empty.
    private IEnumerable<Measurement<long>> Pending()
    {
        lock (_notifications)
            return _waiting is { } waiting ? [new(waiting.Count)] : [];
    }

    private IEnumerable<Measurement<double>> OldestAge()
    {
        lock (_notifications)
            return _waiting is { } waiting ? [new(waiting.Oldest is { } oldest ? (_clock.GetUtcNow() - oldest).TotalSeconds : 0)] : [];
    }
}

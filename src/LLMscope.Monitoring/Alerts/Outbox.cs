using LLMscope.Monitoring.Violations;
using Npgsql;

namespace LLMscope.Monitoring.Alerts;

/// <summary>The notifications that are to be delivered. They are written in the transaction of what they tell of.</summary>
internal sealed class Outbox
{
    private int _enqueued;

    public Task EnqueueAsync(NpgsqlConnection connection, ViolationNotice notice, CancellationToken cancellation)
    {
        _enqueued++;
        return Task.CompletedTask;
    }
}

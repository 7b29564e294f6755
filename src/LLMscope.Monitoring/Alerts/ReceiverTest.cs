using Npgsql;

namespace LLMscope.Monitoring.Alerts;

/// <summary>A test message: recorded like every notification, delivered like every notification, but at once and only once.</summary>
internal sealed class ReceiverTest(NpgsqlDataSource database, Delivery delivery, AlertMeter meter, TimeProvider clock)
{
    private const int TestsKept = 20;

    private readonly Guid _owner = Guid.NewGuid();

    public async Task<DeliveryAnswer> SendAsync(StoredReceiver stored, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var test = new ClaimedNotification(
            Guid.CreateVersion7(now), stored.Receiver.Id, stored.Receiver.Name, stored.Receiver.Kind, new(stored.Receiver.Settings), stored.Secret,
            NotificationKind.Test, Notice: null, TellsOpening: false, Attempts: 1, RetryUntil: now, CreatedAt: now);
        await InsertAsync(test, cancellation);

        var answer = await delivery.AttemptAsync(test, cancellation);
        var settlement = Settlement.Of(answer, test, clock.GetUtcNow(), chance: 0) with { HoldUntil = null };
        await OutboxRows.SettleAsync(database, _owner, test, settlement, cancellation);
        meter.Attempted(test.ReceiverKind, settlement.State, clock.GetUtcNow() - now);
        return answer;
    }

    private async Task InsertAsync(ClaimedNotification test, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            WITH kept AS (SELECT id FROM notifications WHERE receiver_id = $2 AND kind = 'test' ORDER BY id DESC LIMIT $6),
                 old AS (DELETE FROM notifications WHERE receiver_id = $2 AND kind = 'test' AND state <> 'sending' AND id NOT IN (SELECT id FROM kept))
            INSERT INTO notifications (id, receiver_id, kind, seq, state, attempts, next_attempt_at, retry_until, lease_owner, lease_until, created_at)
            VALUES ($1, $2, 'test', 0, 'sending', 1, $3, $3, $4, $5, $3)
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = test.Id });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = test.ReceiverId });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = test.CreatedAt });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _owner });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = test.CreatedAt + OutboxRows.Lease });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = TestsKept - 1 });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

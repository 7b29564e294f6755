using LLMscope.Monitoring.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LLMscope.Monitoring.Alerts;

/// <summary>
/// Delivers what lies in the outbox, at least once: a lease is written before an attempt and its result after it, so that an attempt
/// whose result was lost is made again, with the same id. Each receiver has a lane of its own with one attempt at a time;
/// one that does not answer delays nobody else.
/// </summary>
internal sealed partial class OutboxSender(
    NpgsqlDataSource database, OutboxBell bell, Delivery delivery, AlertMeter meter, StartSignal start, TimeProvider clock, ILogger<OutboxSender> logger)
    : BackgroundService
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FaultWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly Guid _owner = Guid.NewGuid();
    private readonly Dictionary<Guid, Task> _lanes = []; // at most one for each receiver
    private long _looked;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await start.RestoredAsync(stoppingToken);
        using var abandon = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        await using var patience = stoppingToken.Register(() => abandon.CancelAfter(StopPatience));
        try
        {
            while (true)
                await bell.WaitAsync(await TurnAsync(abandon.Token, stoppingToken), clock, stoppingToken);
        }
        finally
        {
            // What is under way may end well; what does not is tried again by the next process.
            await Task.WhenAll(_lanes.Values);
        }
    }

    /// <summary>Starts what is due.</summary>
    /// <returns>How long nothing else is.</returns>
    private async Task<TimeSpan> TurnAsync(CancellationToken abandon, CancellationToken cancellation)
    {
        foreach (var (receiver, lane) in _lanes.Where(lane => lane.Value.IsCompleted).ToList())
        {
            _lanes.Remove(receiver);
            await lane;
        }

        try
        {
            foreach (var claimed in await OutboxRows.ClaimAsync(database, _owner, [.. _lanes.Keys], clock.GetUtcNow(), cancellation))
                _lanes.Add(claimed.ReceiverId, DeliverAsync(claimed, abandon));

            await LookAsync(cancellation);
            var due = await OutboxRows.NextDueAsync(database, [.. _lanes.Keys], cancellation);
            var wait = due is { } time ? time - clock.GetUtcNow() : LongestWait;
            return wait < ShortestWait ? ShortestWait : wait > LongestWait ? LongestWait : wait;
        }
        catch (NpgsqlException fault) when (DatabaseFaults.IsPassing(fault))
        {
            LogPostponed(fault);
            return FaultWait;
        }
    }

    private async Task DeliverAsync(ClaimedNotification claimed, CancellationToken abandon)
    {
        try
        {
            await Task.Yield();
            var answer = await delivery.AttemptAsync(claimed, abandon);
            var settlement = Settlement.Of(answer, claimed, clock.GetUtcNow(), Random.Shared.NextDouble());
            await SettleAsync(claimed, settlement, abandon);
            meter.Attempted(claimed.ReceiverKind, settlement.State, clock.GetUtcNow() - claimed.CreatedAt);
            if (settlement.State == NotificationState.Dead)
                LogDead(claimed.Id, claimed.ReceiverName, claimed.Attempts, answer.Text);
            else if (settlement.State == NotificationState.Retry)
                LogFailed(claimed.Id, claimed.ReceiverName, claimed.Attempts, answer.Text);
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            // The lease stays. It runs out, and then the attempt is made again.
            LogAbandoned(claimed.Id, claimed.ReceiverName);
        }
        finally
        {
            bell.Ring();
        }
    }

    private async Task SettleAsync(ClaimedNotification claimed, Settlement settlement, CancellationToken abandon)
    {
        while (true)
        {
            try
            {
                if (!await OutboxRows.SettleAsync(database, _owner, claimed, settlement, abandon))
                    LogLost(claimed.Id, claimed.ReceiverName);
                return;
            }
            catch (NpgsqlException fault) when (DatabaseFaults.IsPassing(fault))
            {
                LogPostponed(fault);
                await Task.Delay(FaultWait, clock, abandon);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        if (_looked != 0 && clock.GetElapsedTime(_looked) < LookInterval)
            return;

        var (waiting, oldest) = await OutboxRows.WaitingAsync(database, cancellation);
        meter.Saw(waiting, oldest);
        _looked = clock.GetTimestamp();
    }

    [LoggerMessage(LogLevel.Warning, "Notification {Id} to {Receiver} failed at attempt {Attempt} and will be tried again: {Answer}")]
    private partial void LogFailed(Guid id, string receiver, int attempt, string answer);

    [LoggerMessage(LogLevel.Error, "Notification {Id} to {Receiver} was given up at attempt {Attempt}: {Answer}")]
    private partial void LogDead(Guid id, string receiver, int attempt, string answer);

    [LoggerMessage(LogLevel.Warning, "Notification {Id} to {Receiver} was under way when LLMscope stopped; it is sent again after the next start.")]
    private partial void LogAbandoned(Guid id, string receiver);

    [LoggerMessage(LogLevel.Warning, "Notification {Id} to {Receiver} was removed, or its lease ran out, before its result could be written down.")]
    private partial void LogLost(Guid id, string receiver);

    [LoggerMessage(LogLevel.Warning, "The outbox could not be read or written; trying again soon.")]
    private partial void LogPostponed(Exception fault);
}

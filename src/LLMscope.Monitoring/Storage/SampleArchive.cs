using LLMscope.Monitoring.Samples;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LLMscope.Monitoring.Storage;

/// <summary>
/// Makes batches durable by group commit: all that wait become one transaction with one binary COPY and one fsync,
/// and only then are their callers answered. It is the only writer of samples, so their sequence is the order of commit.
/// </summary>
internal sealed partial class SampleArchive(
    SampleInbox inbox,
    CommittedSamples committed,
    NpgsqlDataSource database,
    Partitions partitions,
    StartSignal start,
    ArchiveMeter meter,
    TimeProvider clock,
    ILogger<SampleArchive> logger) : BackgroundService
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    private long _sequence;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var restored = await start.RestoredAsync(stoppingToken);
        _sequence = restored.Archived;

        var group = new List<SampleBatch>();
        while (await inbox.TakeGroupAsync(group, stoppingToken))
        {
            try
            {
                await CommitAsync(group, stoppingToken);
            }
            catch (Exception fault)
            {
                // Nobody may wait for an answer that will never come; the fault itself travels on and stops the host.
                group.ForEach(batch => batch.Refuse(fault));
                throw;
            }
            finally
            {
                inbox.Release(group);
            }
        }
    }

    /// <summary>What waits is still committed when the host stops; nobody is acknowledged who is not on disk.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        inbox.Close();
        if (start.IsReady)
            await Task.WhenAny(ExecuteTask ?? Task.CompletedTask, Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken));
        await base.StopAsync(cancellationToken);
        while (inbox.TryTake(out var batch))
            batch.Refuse(new OperationCanceledException("LLMscope is stopping."));
    }

    private async Task CommitAsync(List<SampleBatch> group, CancellationToken cancellation)
    {
        ArchiveGroup? rows = null;
        for (var wait = FirstRetry; ; wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry)
        {
            try
            {
                var started = clock.GetTimestamp();
                rows = await TryCommitAsync(group, rows, cancellation);
                meter.Archived(rows.Samples.Count, rows.Duplicates, clock.GetElapsedTime(started));
                Announce(group, rows);
                return;
            }
            catch (NpgsqlException fault) when (DatabaseFaults.IsPassing(fault))
            {
                meter.Retried();
                LogRetry(fault, wait);
                await Task.Delay(wait, clock, cancellation);
            }
        }
    }

    private async Task<ArchiveGroup> TryCommitAsync(List<SampleBatch> group, ArchiveGroup? rows, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);

        // A connection that broke during COMMIT leaves the outcome open: the row that the transaction changed tells it.
        if (rows is not null && await ProgressRows.ArchivedAsync(connection, cancellation) >= rows.LastSequence && rows.Count > 0)
            return rows;

        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var fresh = await ItemKeys.ClaimAsync(connection, partitions, group, clock.GetUtcNow(), cancellation);
        rows ??= ArchiveGroup.Of(group, fresh, _sequence);
        if (rows.Count > 0)
        {
            await partitions.EnsureAsync(connection, "sample_blocks", rows.Days, cancellation);
            if (rows.Calls.Count > 0)
                await partitions.EnsureAsync(connection, "calls", rows.Days, cancellation);
            await SeriesRows.InsertAsync(connection, rows.NewSeries, clock.GetUtcNow(), cancellation);
            await SampleBlocks.CopyAsync(connection, rows, cancellation);
            await CallRows.CopyAsync(connection, rows, cancellation);
            await ProgressRows.SetArchivedAsync(connection, rows.LastSequence, cancellation);
        }

        await transaction.CommitAsync(cancellation);
        partitions.Committed("sample_blocks", "calls", "item_keys");
        return rows;
    }

    private void Announce(List<SampleBatch> group, ArchiveGroup rows)
    {
        _sequence = rows.LastSequence;
        foreach (var series in rows.NewSeries)
            series.IsStored = true;

        // The monitor first: an answer is never earlier than the judging that it may look for.
        if (rows.Samples.Count > 0)
            committed.Offer(new CommittedGroup(rows.FirstSequence, rows.LastSequence, rows.Samples, IsRented: true));

        for (var i = 0; i < group.Count; i++)
            group[i].Acknowledge(rows.Receipts[i]);
    }

    [LoggerMessage(LogLevel.Warning, "Samples could not be archived; trying again in {Wait}.")]
    private partial void LogRetry(Exception fault, TimeSpan wait);
}

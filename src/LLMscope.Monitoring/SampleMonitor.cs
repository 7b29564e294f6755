using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LLMscope.Monitoring;

/// <summary>
/// The one loop from archived samples to points, violations and alerts. It is the only writer of charts. Each turn takes what is
/// archived, in the order of commit, and becomes durable in one transaction together with how far it judged; then it is shown.
/// After a crash it goes on from there: the same points, the same signals, each violation once.
/// </summary>
internal sealed partial class SampleMonitor(
    CommittedSamples committed,
    SeriesCatalog catalog,
    ChartBoard board,
    ChartLedger ledger,
    MonitorGate gate,
    TurnWriter writer,
    NpgsqlDataSource database,
    TurnPublisher publisher,
    Rebaselining rebaselining,
    StartSignal start,
    MonitoringMeter meter,
    TimeProvider clock,
    ILogger<SampleMonitor> logger) : BackgroundService
{
    private const int MostSamplesATurn = 50_000;
    private static readonly TimeSpan IdleSubgroupCheck = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IdleSubgroupGrace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    private readonly MonitorTurn _turn = new();
    private long _judged;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var restored = await start.RestoredAsync(stoppingToken);
        _judged = restored.Judged;
        await RefillSubgroupsAsync(restored, stoppingToken);
        await RebaselineDueAsync(stoppingToken);
        await CatchUpAsync(restored.Archived, stoppingToken);
        LogStarted(board.Count, _judged);

        using var timer = new PeriodicTimer(IdleSubgroupCheck, clock);
        var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var news = committed.Reader.WaitToReadAsync(stoppingToken).AsTask();
        while (true)
        {
            await Task.WhenAny(news, tick);
            if (news.IsCompleted)
            {
                await news;
                await TakeAsync(stoppingToken);
                news = committed.Reader.WaitToReadAsync(stoppingToken).AsTask();
            }

            if (tick.IsCompleted)
            {
                await tick;
                await CloseIdleSubgroupsAsync(stoppingToken);
                tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            }
        }
    }

    private async Task TakeAsync(CancellationToken cancellation)
    {
        using var _ = await gate.EnterAsync(cancellation);
        var started = clock.GetTimestamp();
        var samples = 0;
        while (samples < MostSamplesATurn && committed.TryTake(out var group))
        {
            if (group.FirstSequence > _judged + 1 || group.Samples.Count == 0)
            {
                // The judge was behind and groups were let go: the archive has them.
                await SaveTurnAsync(started, cancellation);
                await CatchUpNeedsGateAsync(group.LastSequence, cancellation);
                started = clock.GetTimestamp();
                continue;
            }

            await JudgeAsync(group.Samples, cancellation);
            _judged = Math.Max(_judged, group.LastSequence);
            samples += group.Samples.Count;
            group.GiveBack();
        }

        await SaveTurnAsync(started, cancellation);
    }

    private async Task CatchUpAsync(long upTo, CancellationToken cancellation)
    {
        using var _ = await gate.EnterAsync(cancellation);
        await CatchUpNeedsGateAsync(upTo, cancellation);
    }

    private async Task CatchUpNeedsGateAsync(long upTo, CancellationToken cancellation)
    {
        while (_judged < upTo)
        {
            var started = clock.GetTimestamp();
            var (samples, read) = await ReadArchiveAsync(_judged, upTo, cancellation);
            meter.ReadBack(samples.Length);
            await JudgeAsync(samples, cancellation);
            _judged = read;
            await SaveTurnAsync(started, cancellation);
        }
    }

    /// <summary>Subgroups that were open when LLMscope stopped are filled again with the samples that they had.</summary>
    private async Task RefillSubgroupsAsync(Progress restored, CancellationToken cancellation)
    {
        var from = restored.OldestOpen;
        while (from < restored.Judged)
        {
            var (samples, read) = await ReadArchiveAsync(from, restored.Judged, cancellation);
            foreach (ref readonly var sample in samples.AsSpan())
            {
                if (board.FindLive(sample.Sample.Series) is not { } chart)
                    continue;
                if (chart.Plan.Subgroup > TimeSpan.Zero)
                    chart.Add(sample, _turn, ledger);
                foreach (var joined in chart.Joined)
                    joined.Hold(sample);
            }

            from = read;
        }

        _turn.Clear();
    }

    private async Task<(ArchivedSample[] Samples, long UpTo)> ReadArchiveAsync(long after, long upTo, CancellationToken cancellation)
    {
        var read = default((ArchivedSample[] Samples, long UpTo));
        await UntilDoneAsync(
            async () =>
            {
                await using var connection = await database.OpenConnectionAsync(cancellation);
                read = await SampleBlocks.ReadAsync(connection, catalog, after, upTo, MostSamplesATurn, cancellation);
            },
            cancellation);
        return read;
    }

    /// <summary>
    /// Judges samples in order. Where limits are due to be estimated again that is done before the next sample, so that a point is judged by the same
    /// limits however the samples came in turns.
    /// </summary>
    private async Task JudgeAsync(ArraySegment<ArchivedSample> samples, CancellationToken cancellation)
    {
        var rows = samples.Array!;
        for (var i = samples.Offset; i < samples.Offset + samples.Count; i++)
        {
            if (rows[i].Sequence <= _judged)
                continue;

            Judge(rows[i]);
            if (_turn.Rebaselinings.Count == 0)
                continue;

            _judged = rows[i].Sequence;
            await SaveTurnAsync(clock.GetTimestamp(), cancellation);
        }
    }

    private void Judge(in ArchivedSample sample)
    {
        var series = sample.Sample.Series;
        var chart = board.FindLive(series);
        if (chart is null)
        {
            if (catalog.Find(series.Id) is null)
                return; // Removed with its demonstration while the sample was on its way.

            // A series has one chart of its own, which has its number.
            chart = new LiveChart(series.Id, series, ChartPlan.For(series.Characteristic));
            board.Add(chart);
            _turn.NewCharts.Add(chart);
        }

        chart.Add(sample, _turn, ledger);
        foreach (var joined in chart.Joined)
            joined.Add(sample, _turn, ledger);
    }

    private async Task CloseIdleSubgroupsAsync(CancellationToken cancellation)
    {
        using var _ = await gate.EnterAsync(cancellation);
        var started = clock.GetTimestamp();
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var chart in board.All)
            chart.CloseIdleSubgroup(now, IdleSubgroupGrace, _turn, ledger);

        await SaveTurnAsync(started, cancellation);
    }

    private async Task SaveTurnAsync(long started, CancellationToken cancellation)
    {
        await UntilDoneAsync(() => writer.SaveAsync(_turn, _judged, cancellation), cancellation);
        publisher.Publish(_turn);
        meter.Judged(_turn, clock.GetElapsedTime(started));
        LiveChart[] due = [.. _turn.Rebaselinings];
        _turn.Clear();
        if (due.Length > 0)
            await RebaselineAsync(due, cancellation);
    }

    /// <summary>LLMscope may have stopped between the point that made limits due and the limits.</summary>
    private async Task RebaselineDueAsync(CancellationToken cancellation)
    {
        using var _ = await gate.EnterAsync(cancellation);
        await RebaselineAsync([.. board.All.Where(chart => chart.Last is { } last && chart.Baseline is not null && Rebaselining.IsDue(chart, last))], cancellation);
    }

    /// <summary>Limits that are due are estimated from points that were just stored, in a turn of their own.</summary>
    private async Task RebaselineAsync(LiveChart[] due, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        foreach (var chart in due)
            await UntilDoneAsync(() => rebaselining.RunAsync(chart, _turn, cancellation), cancellation);

        await SaveTurnAsync(started, cancellation);
    }

    /// <summary>Tries again while the database is away. What it tries changes nothing in memory before the database has answered.</summary>
    private async Task UntilDoneAsync(Func<Task> attempt, CancellationToken cancellation)
    {
        for (var wait = FirstRetry; ; wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry)
        {
            try
            {
                await attempt();
                return;
            }
            catch (NpgsqlException fault) when (DatabaseFaults.IsPassing(fault))
            {
                meter.JudgeRetried();
                LogRetry(fault, wait);
                await Task.Delay(wait, clock, cancellation);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Monitoring {Charts} charts; judged up to sample {Sequence}.")]
    private partial void LogStarted(int charts, long sequence);

    [LoggerMessage(LogLevel.Warning, "The database did not answer the monitor; trying again in {Wait}.")]
    private partial void LogRetry(Exception fault, TimeSpan wait);
}

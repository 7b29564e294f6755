using LLMscope.Monitoring;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Service.Samples;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Demo;

/// <summary>
/// Replays recorded calls: first three quarters of an hour of history at once, so that baselines are frozen, then live,
/// with one incident that is labelled on the charts. Everything it makes is marked as demo.
/// </summary>
internal sealed partial class DemoReplay(
    SampleInbox inbox, SeriesCatalog catalog, AnnotationBook annotations, MonitoringHealth health, IOptions<DemoOptions> options, TimeProvider clock,
    ILogger<DemoReplay> logger) : BackgroundService
{
    private const int HistoryCalls = 270;
    private const double Slowdown = 1.6;
    private static readonly TimeSpan HistoryInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IncidentStarts = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan IncidentEnds = TimeSpan.FromSeconds(80);
    private static readonly TimeSpan FullInboxWait = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _removed = new();
    private Task _replaying = Task.CompletedTask;

    /// <summary>Stops for good; completes when the last call that was sent is on disk.</summary>
    public async Task EndAsync()
    {
        await _removed.CancelAsync();
        await _replaying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Dispose()
    {
        _removed.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Demo)
            return;

        await health.ReadyAsync(stoppingToken);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, _removed.Token);
        _replaying = ReplayAsync(RecordedCalls.Load(), either.Token);
        try
        {
            await _replaying;
        }
        catch (OperationCanceledException) when (_removed.IsCancellationRequested && !stoppingToken.IsCancellationRequested)
        {
            LogRemoved();
        }
    }

    private async Task ReplayAsync(IReadOnlyList<RecordedCalls> models, CancellationToken cancellation)
    {
        // What an earlier run left goes on; history before it would come too late to be judged.
        var number = 0L;
        if (!catalog.All.Any(series => series.Source.Demo))
            number = await SendHistoryAsync(models, cancellation);

        var started = clock.GetUtcNow();
        var slowed = models[0].Source;
        var (began, ended) = (false, false);
        LogStarted(models.Count);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / options.Value.DemoSpeed), clock);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            var now = clock.GetUtcNow();
            var running = now - started;
            var incident = running >= IncidentStarts && running < IncidentEnds;
            if (incident && !began)
                began = await AnnotateAsync(slowed, now, $"Demo incident begins: {slowed.Model} at {slowed.Provider} decodes {Slowdown} times slower.", cancellation);
            if (!incident && began && !ended)
                ended = await AnnotateAsync(slowed, now, "Demo incident ends.", cancellation);

            await SendAsync([.. models.Select(model => model.At(number, EventTime.WholeMicroseconds(now), incident && model.Source == slowed ? Slowdown : 1))], cancellation);
            number++;
        }
    }

    private async Task<long> SendHistoryAsync(IReadOnlyList<RecordedCalls> models, CancellationToken cancellation)
    {
        var start = clock.GetUtcNow() - (HistoryInterval * HistoryCalls);
        var history = Enumerable.Range(0, HistoryCalls).SelectMany(number => models.Select(
            model => model.At(number, EventTime.WholeMicroseconds(start + (HistoryInterval * number)), slowdown: 1)));
        await SendAsync([.. history], cancellation);
        return HistoryCalls;
    }

    private async Task SendAsync(IReadOnlyList<Call> calls, CancellationToken cancellation)
    {
        var errors = new ItemErrors();
        var builder = new BatchBuilder(catalog, errors, DateTime.MinValue);
        for (var i = 0; i < calls.Count; i++)
            builder.Add(i, calls[i], Guid.Empty);

        builder.MakeSeries(onlyAll: true);
        if (errors.Count > 0)
        {
            LogRefused(errors.Named[0].Message);
            return;
        }

        var batch = builder.Build();
        while (!inbox.TryAccept(batch))
            await Task.Delay(FullInboxWait, clock, cancellation);

        // Not to be cancelled: who removes the demonstration waits until nothing of it is on the way.
        await batch.Receipt;
    }

    private async Task<bool> AnnotateAsync(Source source, DateTimeOffset now, string text, CancellationToken cancellation)
    {
        await annotations.AddAsync(EventTime.WholeMicroseconds(now), Annotation.Comment, text, null, source.Model, demo: true, cancellation);
        LogIncident(text);
        return true;
    }

    [LoggerMessage(LogLevel.Information, "The demonstration replays {Models} models.")]
    private partial void LogStarted(int models);

    [LoggerMessage(LogLevel.Information, "{Text}")]
    private partial void LogIncident(string text);

    [LoggerMessage(LogLevel.Warning, "The demonstration was refused: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(LogLevel.Information, "The demonstration was removed.")]
    private partial void LogRemoved();
}

using LLMscope.Monitoring.Alerts;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;
using LLMscope.Monitoring.Violations;
using Npgsql;

namespace LLMscope.Monitoring;

/// <summary>
/// Makes a turn of the monitor durable: new charts and baselines, points, violations, their notifications, and how far it judged,
/// in one transaction. Saving the same turn again after a fault does nothing if the first time succeeded after all.
/// </summary>
internal sealed class TurnWriter(
    NpgsqlDataSource database, Partitions partitions, ChartBoard board, Outbox outbox, StartSignal start, TimeProvider clock)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    private long _turn = -1;
    private MonitorTurn? _unsure;

    /// <summary>Charts whose open gap has changed since it was saved.</summary>
    private readonly HashSet<LiveChart> _gaps = [];
    private long _progressSaved;
    private long _oldestOpen;
    private long _oldestOpenSince;
    private long _judgedSaved = -1;

    /// <summary>Saves what a person changed between two turns of the monitor; how far that judged stays as it was saved last.</summary>
    public async Task SaveAsync(MonitorTurn turn, CancellationToken cancellation)
    {
        if (_judgedSaved < 0)
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            _judgedSaved = (await ProgressRows.ReadAsync(connection, cancellation)).Judged;
        }

        await SaveAsync(turn, _judgedSaved, cancellation);
    }

    public async Task SaveAsync(MonitorTurn turn, long judged, CancellationToken cancellation)
    {
        _gaps.UnionWith(turn.Touched.Concat(turn.ChangedCharts).Where(chart => chart.Plan.Kind == ChartKind.UnitsBetween));

        // A turn without a point may be judged again after a restart; that it was need not be written each time.
        if (turn.IsEmpty && (judged == _judgedSaved || (_progressSaved != 0 && clock.GetElapsedTime(_progressSaved) < ProgressInterval)))
            return;

        if (_turn < 0)
            _turn = (await start.RestoredAsync(cancellation)).Turn;

        await using var connection = await database.OpenConnectionAsync(cancellation);
        if (!ReferenceEquals(_unsure, turn) || (await ProgressRows.ReadAsync(connection, cancellation)).Turn <= _turn)
        {
            _unsure = turn;
            await WriteAsync(connection, turn, judged, cancellation);
        }

        _unsure = null;
        _gaps.Clear();
        _turn++;
        (_progressSaved, _judgedSaved) = (clock.GetTimestamp(), judged);
    }

    private async Task WriteAsync(NpgsqlConnection connection, MonitorTurn turn, long judged, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (turn.Violations.Count == 0)
        {
            // Without an fsync of its own: the samples are on disk, and after a power cut they give the same points again.
            // Only what leaves the house, a violation with its notifications, waits for the disk.
            await using var relaxed = new NpgsqlCommand("SET LOCAL synchronous_commit = off", connection);
            await relaxed.ExecuteNonQueryAsync(cancellation);
        }

        await SeriesRows.InsertAsync(connection, turn.NewSeries, clock.GetUtcNow(), cancellation);
        if (turn.NewCharts.Count + turn.ChangedCharts.Count > 0)
            await ChartRows.SaveAsync(connection, turn.NewCharts.Concat(turn.ChangedCharts), cancellation);
        if (_gaps.Count > 0)
            await OpenGapRows.SaveAsync(connection, _gaps, cancellation);
        if (turn.NewBaselines.Count > 0)
            await BaselineRows.InsertAsync(connection, turn.NewBaselines, cancellation);
        if (turn.Points.Count > 0)
        {
            await partitions.EnsureAsync(connection, "points", turn.Points.Select(plotted => DateOnly.FromDateTime(plotted.Point.Time)).Distinct(), cancellation);
            await PointRows.CopyAsync(connection, turn.Points, cancellation);
        }

        foreach (var annotation in turn.Annotations)
            await AnnotationRows.InsertAsync(connection, annotation, cancellation);
        if (turn.Violations.Count > 0)
            await SaveViolationsAsync(connection, turn, cancellation);

        await ProgressRows.SetJudgedAsync(connection, new Progress(0, judged, OldestOpen(judged), _turn + 1), cancellation);
        await transaction.CommitAsync(cancellation);
        partitions.Committed("points");
    }

    private async Task SaveViolationsAsync(NpgsqlConnection connection, MonitorTurn turn, CancellationToken cancellation)
    {
        // In order, since one may take the direction that another just left; of several extensions the last one tells all.
        var lastOf = new Dictionary<Guid, int>();
        for (var i = 0; i < turn.Violations.Count; i++)
            lastOf[turn.Violations[i].Change.Violation.Id] = i;

        await ViolationRows.SaveAsync(
            connection,
            turn.Violations.Where((one, i) => one.Change.Kind != ChangeKind.Extended || lastOf[one.Change.Violation.Id] == i).Select(one => one.Change.Violation),
            cancellation);
        foreach (var (chart, change) in turn.Violations.Where(one => one.Change.Tells))
        {
            var baseline = (chart.Baseline?.Version ?? 0, chart.Baseline?.Estimate.Count ?? 0);
            var notice = ViolationNotice.Of(chart.Series, change.Unit ?? chart.Series.Characteristic.Unit, baseline, change.Violation, change.Kind == ChangeKind.Resolved);
            await outbox.EnqueueAsync(connection, notice with { Parts = PartsOf(chart, change.Violation, turn) }, cancellation);
        }
    }

    // A violation is told of in the turn of the point that opened it; its end does not need the parts again.
    private static string? PartsOf(LiveChart chart, Violation violation, MonitorTurn turn) =>
        chart.Plan.Choices.Joint is { } joint && turn.Points.Find(plotted => plotted.Chart == chart && plotted.Point.Number == violation.OpenedNumber) is { Point: { } opening }
            ? JointWords.Of(opening, joint.Characteristics)
            : null;

    private long OldestOpen(long judged)
    {
        // An older answer is as good, it only makes a restart read a little more; so one look at all charts a second is enough.
        if (_oldestOpenSince != 0 && clock.GetElapsedTime(_oldestOpenSince) < ProgressInterval)
            return _oldestOpen;

        _oldestOpenSince = clock.GetTimestamp();
        _oldestOpen = judged;
        foreach (var chart in board.All)
            _oldestOpen = Math.Min(_oldestOpen, chart.OpenSince ?? _oldestOpen);

        return _oldestOpen;
    }
}

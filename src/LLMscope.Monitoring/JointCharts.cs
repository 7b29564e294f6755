using LLMscope.Monitoring.Alerts;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using Npgsql;

namespace LLMscope.Monitoring;

/// <summary>
/// Begins and removes charts of several characteristics of one source. Such a chart is the chart of a series of its own, which has no samples: its points are
/// made of the samples of the others from now on, and everything else is as with any chart.
/// </summary>
public sealed class JointCharts
{
    private readonly ChartBoard _board;
    private readonly SeriesCatalog _catalog;
    private readonly MonitorGate _gate;
    private readonly TurnWriter _writer;
    private readonly TurnPublisher _publisher;
    private readonly NpgsqlDataSource _database;

    internal JointCharts(
        ChartBoard board, SeriesCatalog catalog, MonitorGate gate, TurnWriter writer, TurnPublisher publisher, NpgsqlDataSource database) =>
        (_board, _catalog, _gate, _writer, _publisher, _database) = (board, catalog, gate, writer, publisher, database);

    /// <summary>The characteristics of the source of a chart that can be charted together, in order of their charts.</summary>
    public IReadOnlyList<Characteristic> CharacteristicsBeside(ChartSummary chart) =>
        [.. _board.Summaries.Where(other => other.Series.Source == chart.Series.Source && JointDraft.MayJoin(other.Series.Characteristic)).Select(other => other.Series.Characteristic)];

    /// <summary>Begins a joint chart of the source that a chart belongs to.</summary>
    /// <param name="chartId">Any chart of the source.</param>
    public async Task<JointAnswer> BeginAsync(int chartId, JointDraft draft, CancellationToken cancellation)
    {
        using var _ = await _gate.EnterAsync(cancellation);
        if (_board.Find(chartId) is not { } beside)
            return new JointAnswer(null, null, []);
        if (draft.Problems(CharacteristicsBeside(beside)) is { Count: > 0 } problems)
            return new JointAnswer(null, null, problems);

        var (source, characteristic) = (beside.Series.Source, draft.Characteristic);
        if (_catalog.Find(SeriesKey.Of(source, characteristic.Name)) is { } there)
            return new JointAnswer(null, $"Chart {there.Id} has these characteristics, or this name, already; another name makes another chart.", []);
        if (!_catalog.TryGetOrAdd(source, characteristic, out var series))
            return new JointAnswer(null, $"There are {_catalog.Limit} series, which is the limit.", []);

        var from = _board.Summaries.Where(other => other.Series.Source == source && draft.Characteristics.Contains(other.Series.Characteristic.Name))
            .Max(other => other.LatestSample) ?? DateTime.MinValue;

        // A series has one chart of its own, which has its number.
        var chart = new LiveChart(series.Id, series, draft.ToPlan(from));
        var turn = new MonitorTurn();
        turn.NewSeries.Add(series);
        turn.NewCharts.Add(chart);
        var isSaved = false;
        try
        {
            await _writer.SaveAsync(turn, cancellation);
            isSaved = true;
        }
        finally
        {
            if (!isSaved)
                _catalog.RemoveAlone(series);
        }

        series.IsStored = true;
        _board.Add(chart);
        _board.Join(chart, _catalog);
        _publisher.Publish(turn);
        return new JointAnswer(chart.Audience.Summary, null, []);
    }

    /// <summary>Removes a joint chart with its points, baselines and violations. The charts of its members stay as they are.</summary>
    /// <returns>False where there is no such chart, or it is the chart of one characteristic.</returns>
    public async Task<bool> RemoveAsync(int chartId, CancellationToken cancellation)
    {
        using var _ = await _gate.EnterAsync(cancellation);
        if (_board.FindLive(chartId) is not { Series: { Characteristic.Nature: CharacteristicNature.Joint } series } chart)
            return false;

        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);

        // Rows without a reference go first, what refers to the series goes with it.
        foreach (var statement in new[] { "DELETE FROM points WHERE chart_id = $1", "DELETE FROM kept_points WHERE chart_id = $1", "DELETE FROM series WHERE id = $1" })
        {
            await using var command = new NpgsqlCommand(statement, connection);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = series.Id });
            await command.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        _catalog.RemoveAlone(series);
        _board.Part(chart);
        return true;
    }
}

/// <param name="Chart">The one that began; null where none did, also where there is no chart beside which it should.</param>
/// <param name="Conflict">Why it cannot begin now.</param>
/// <param name="Problems">What is wrong with what was asked for.</param>
public sealed record JointAnswer(ChartSummary? Chart, string? Conflict, IReadOnlyList<FieldProblem> Problems);

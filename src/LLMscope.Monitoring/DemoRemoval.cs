using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using Npgsql;

namespace LLMscope.Monitoring;

/// <summary>Removes every source that is marked as demo, with its series, samples, charts, points, violations and annotations.</summary>
public sealed class DemoRemoval
{
    private readonly NpgsqlDataSource _database;
    private readonly SeriesCatalog _catalog;
    private readonly ChartBoard _board;
    private readonly MonitorGate _gate;

    internal DemoRemoval(NpgsqlDataSource database, SeriesCatalog catalog, ChartBoard board, MonitorGate gate) =>
        (_database, _catalog, _board, _gate) = (database, catalog, board, gate);

    /// <summary>Nothing of the demonstration may be sent any more. Samples that are still to be judged are dropped.</summary>
    public async Task RemoveAsync(CancellationToken cancellation)
    {
        using var _ = await _gate.EnterAsync(cancellation);
        var series = _catalog.All.Where(series => series.Source.Demo).ToArray();
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var ids = series.Select(one => one.Id).ToArray();
        var sources = series.Select(one => one.SourceId).Distinct().ToArray();

        // A chart has the number of its series. Rows without a reference go first, what refers to a source goes with it.
        (string Statement, int[] Ids)[] steps =
        [
            ("DELETE FROM points WHERE chart_id = ANY($1)", ids),
            ("DELETE FROM kept_points WHERE chart_id = ANY($1)", ids),
            ("DELETE FROM sample_blocks WHERE series_ids <@ $1", ids),
            (
                """
                UPDATE sample_blocks SET series_ids = ARRAY(
                    SELECT CASE WHEN i.id = ANY($1) THEN 0 ELSE i.id END FROM unnest(series_ids) WITH ORDINALITY AS i (id, place) ORDER BY i.place)
                WHERE series_ids && $1
                """,
                ids),
            ("DELETE FROM calls WHERE source_id = ANY($1)", sources),
            ("DELETE FROM sources WHERE id = ANY($1)", sources),
        ];
        foreach (var (statement, which) in steps)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = which });
            await command.ExecuteNonQueryAsync(cancellation);
        }

        await using (var markers = new NpgsqlCommand("DELETE FROM annotations WHERE demo", connection))
            await markers.ExecuteNonQueryAsync(cancellation);

        await transaction.CommitAsync(cancellation);
        foreach (var one in series)
        {
            _catalog.Remove(one);
            if (_board.FindLive(one) is { } chart)
                _board.Remove(chart);
        }
    }
}

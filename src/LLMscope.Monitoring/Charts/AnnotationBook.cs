using Npgsql;
using NpgsqlTypes;

namespace LLMscope.Monitoring.Charts;

/// <summary>The annotations that people and LLMscope itself made.</summary>
public sealed class AnnotationBook
{
    private const int MostListed = 1_000;

    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _clock;

    internal AnnotationBook(NpgsqlDataSource database, TimeProvider clock) => (_database, _clock) = (database, clock);

    public async Task<Annotation> AddAsync(
        DateTime time, string kind, string text, int? chartId, string? model, bool demo, CancellationToken cancellation)
    {
        var annotation = new Annotation(
            Guid.CreateVersion7(new DateTimeOffset(time)), time, kind, text, chartId, model, demo, _clock.GetUtcNow().UtcDateTime);
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await AnnotationRows.InsertAsync(connection, annotation, cancellation);
        return annotation;
    }

    /// <summary>Those of a time, oldest first; with a chart only those that concern it. At most the newest thousand.</summary>
    public async Task<IReadOnlyList<Annotation>> ListAsync(DateTime from, DateTime to, ChartSummary? chart, CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand(
            """
            SELECT * FROM (
                SELECT id, time, kind, text, chart_id, model, demo, created_at FROM annotations
                WHERE time >= $1 AND time < $2
                  AND ($3 IS NULL OR chart_id = $3 OR (chart_id IS NULL AND (model IS NULL OR model = $4) AND demo = $5))
                ORDER BY time DESC LIMIT $6
            ) newest ORDER BY time
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = to });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)chart?.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)chart?.Series.Source.Model ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = chart?.Series.Source.Demo ?? false });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostListed });

        var annotations = new List<Annotation>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            annotations.Add(new Annotation(
                reader.GetGuid(0), reader.GetDateTime(1), reader.GetString(2), reader.GetString(3),
                await reader.IsDBNullAsync(4, cancellation) ? null : reader.GetInt32(4),
                await reader.IsDBNullAsync(5, cancellation) ? null : reader.GetString(5),
                reader.GetBoolean(6), reader.GetDateTime(7)));
        }

        return annotations;
    }
}

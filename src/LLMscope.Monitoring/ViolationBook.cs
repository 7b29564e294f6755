using System.Runtime.CompilerServices;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Violations;
using Npgsql;
using NpgsqlTypes;

namespace LLMscope.Monitoring;

/// <summary>The violations that were recorded, to be found, listed and acknowledged.</summary>
public sealed class ViolationBook
{
    private readonly NpgsqlDataSource _database;
    private readonly SeriesCatalog _catalog;
    private readonly ViolationFeed _feed;
    private readonly TimeProvider _clock;

    internal ViolationBook(NpgsqlDataSource database, SeriesCatalog catalog, ViolationFeed feed, TimeProvider clock) =>
        (_database, _catalog, _feed, _clock) = (database, catalog, feed, clock);

    public async Task<RecordedViolation?> FindAsync(Guid id, CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand($"SELECT {ViolationRows.WithKind} FROM violations v WHERE v.id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? WithSeries(reader) : null;
    }

    /// <summary>All that match, newest first, as they are read: memory does not grow with their number.</summary>
    public async IAsyncEnumerable<RecordedViolation> ListAsync(
        ViolationFilter filter, int? most, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand(
            $"""
            SELECT {ViolationRows.WithKind} FROM violations v
            WHERE ($1 IS NULL OR v.opened_at >= $1) AND ($2 IS NULL OR v.opened_at < $2) AND ($3 IS NULL OR v.rules & $3 <> 0)
              AND ($4 IS NULL OR v.state = $4) AND ($5 IS NULL OR v.chart_id = $5)
              AND ($6 IS NULL OR v.chart_id IN (
                  SELECT c.id FROM charts c JOIN series s ON s.id = c.series_id JOIN sources o ON o.id = s.source_id WHERE o.model = $6))
            ORDER BY v.opened_at DESC, v.id DESC LIMIT $7
            """);
        Add(command, filter.From, NpgsqlDbType.TimestampTz);
        Add(command, filter.To, NpgsqlDbType.TimestampTz);
        Add(command, (short?)filter.Rules, NpgsqlDbType.Smallint);
        Add(command, (short?)filter.State, NpgsqlDbType.Smallint);
        Add(command, filter.ChartId, NpgsqlDbType.Integer);
        Add(command, filter.Model, NpgsqlDbType.Text);
        Add(command, (long?)most, NpgsqlDbType.Bigint);

        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return WithSeries(reader);
    }

    /// <summary>Someone looks at it. Nothing changes where it is acknowledged or resolved already.</summary>
    /// <returns>The violation as it is now, or null where there is none.</returns>
    public async Task<RecordedViolation?> AcknowledgeAsync(Guid id, string by, CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand(
            "UPDATE violations SET state = 1, acknowledged_at = $2, acknowledged_by = $3 WHERE id = $1 AND state = 0");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = _clock.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = by });
        var changed = await command.ExecuteNonQueryAsync(cancellation) > 0;
        var violation = await FindAsync(id, cancellation);
        if (changed)
            _feed.Show(new ViolationNews(id, violation!.Violation.ChartId, "acknowledged"));
        return violation;
    }

    // A chart has the number of its series.
    internal RecordedViolation WithSeries(NpgsqlDataReader reader)
    {
        var violation = ViolationRows.Read(reader);
        var series = _catalog.Find(violation.ChartId) ?? throw new InvalidDataException($"Violation {violation.Id} belongs to no series.");
        return new RecordedViolation(violation, series) { Kind = (ChartKind)ViolationRows.ReadKind(reader) };
    }

    private static void Add(NpgsqlCommand command, object? value, NpgsqlDbType type) =>
        command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
}

public sealed record RecordedViolation(Violation Violation, Series Series)
{
    /// <summary>What its chart was when it opened.</summary>
    public ChartKind Kind { get; init; }

    /// <summary>The unit of its values.</summary>
    public Unit Unit => ChartKinds.UnitOf(Kind, Series.Characteristic);
}

using Npgsql;
using NpgsqlTypes;

namespace LLMscope.Monitoring.Samples;

/// <summary>Sources and series as rows.</summary>
internal static class SeriesRows
{
    /// <summary>Stores new series and their sources within the transaction of the connection.</summary>
    public static async Task InsertAsync(NpgsqlConnection connection, IReadOnlyList<Series> added, DateTimeOffset now, CancellationToken cancellation)
    {
        if (added.Count == 0)
            return;

        // A source is shared by its series, some of which may be stored before: what is there already stays.
        await InsertSourcesAsync(connection, [.. added.DistinctBy(series => series.SourceId)], cancellation);
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO series (id, source_id, characteristic, unit, created_at)
            SELECT *, $5 FROM unnest($1, $2, $3, $4) ON CONFLICT DO NOTHING
            """,
            connection);
        AddArray(command, NpgsqlDbType.Integer, added.Select(series => series.Id));
        AddArray(command, NpgsqlDbType.Integer, added.Select(series => series.SourceId));
        AddArray(command, NpgsqlDbType.Text, added.Select(series => series.Characteristic.Name));
        AddArray(command, NpgsqlDbType.Text, added.Select(series => series.Characteristic.Unit.Symbol));
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task LoadAsync(NpgsqlConnection connection, SeriesCatalog catalog, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT s.id, s.source_id, s.characteristic, s.unit,
                   o.site, o.provider, o.model, o.served_model, o.operation, o.application, o.host, o.device, o.demo
            FROM series s JOIN sources o ON o.id = s.source_id ORDER BY s.id
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var source = new Source(
                reader.GetString(4), reader.GetString(5), reader.GetString(6), reader.GetString(7), reader.GetString(8),
                reader.GetString(9), reader.GetString(10), reader.GetString(11), reader.GetBoolean(12));
            catalog.Restore(reader.GetInt32(0), reader.GetInt32(1), source, CharacteristicOf(reader.GetString(2), reader.GetString(3)));
        }
    }

    private static Characteristic CharacteristicOf(string name, string unit) =>
        Characteristic.Find(name) ?? Characteristic.FindJoint(name) ?? Characteristic.Custom(name, Unit.TryFind(unit, out var known)
            ? known
            : throw new InvalidDataException($"The series '{name}' is stored with the unknown unit '{unit}'."));

    private static async Task InsertSourcesAsync(NpgsqlConnection connection, IReadOnlyList<Series> added, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO sources (id, site, provider, model, served_model, operation, application, host, device, demo)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING
            """,
            connection);
        AddArray(command, NpgsqlDbType.Integer, added.Select(series => series.SourceId));
        foreach (var part in new Func<Source, string>[] { s => s.Site, s => s.Provider, s => s.Model, s => s.ServedModel, s => s.Operation, s => s.Application, s => s.Host, s => s.Device })
            AddArray(command, NpgsqlDbType.Text, added.Select(series => part(series.Source)));
        AddArray(command, NpgsqlDbType.Boolean, added.Select(series => series.Source.Demo));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static void AddArray<T>(NpgsqlCommand command, NpgsqlDbType type, IEnumerable<T> values) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | type });
}

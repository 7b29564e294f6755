using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace LLMscope.Monitoring.Alerts;

/// <summary>Receivers as rows.</summary>
internal static class ReceiverRows
{
    private const string Select =
        """
        SELECT r.id, r.name, r.kind, r.enabled, r.settings, r.secret, r.hold_until, r.created_at, r.updated_at, n.state, n.at, n.last_status, n.last_error
        FROM receivers r LEFT JOIN LATERAL (
            SELECT state, coalesce(sent_at, created_at) AS at, last_status, last_error FROM notifications
            WHERE receiver_id = r.id AND (state IN ('sent', 'dead', 'retry') OR last_error IS NOT NULL)
            ORDER BY created_at DESC LIMIT 1) n ON true
        """;

    public static async Task<List<StoredReceiver>> ListAsync(NpgsqlDataSource database, ReceiverSecrets secrets, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"{Select} ORDER BY r.name");
        var receivers = new List<StoredReceiver>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            receivers.Add(Read(reader, secrets));

        return receivers;
    }

    public static async Task<StoredReceiver?> FindAsync(NpgsqlDataSource database, ReceiverSecrets secrets, Guid id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"{Select} WHERE r.id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader, secrets) : null;
    }

    /// <summary>Stores a receiver, new or changed.</summary>
    /// <returns>False where another has its name.</returns>
    public static async Task<bool> TrySaveAsync(
        NpgsqlDataSource database, Guid id, ReceiverDraft draft, Dictionary<string, string> settings, byte[]? secret, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            INSERT INTO receivers (id, name, kind, settings, secret, enabled, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, settings = excluded.settings, secret = excluded.secret, enabled = excluded.enabled,
                hold_until = NULL, updated_at = excluded.updated_at
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = draft.Name.Trim() });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = draft.Kind });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(settings), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)secret ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = draft.Enabled });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        try
        {
            await command.ExecuteNonQueryAsync(cancellation);
            return true;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    public static async Task<bool> RemoveAsync(NpgsqlDataSource database, Guid id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("DELETE FROM receivers WHERE id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    public static async Task<bool> EnableAsync(NpgsqlDataSource database, Guid id, bool enabled, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("UPDATE receivers SET enabled = $2, updated_at = $3 WHERE id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = enabled });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    private static StoredReceiver Read(NpgsqlDataReader reader, ReceiverSecrets secrets)
    {
        var secret = reader.IsDBNull(5) ? null : reader.GetFieldValue<byte[]>(5);
        var last = reader.IsDBNull(9)
            ? null
            : new LastDelivery(
                NotificationWords.FindState(reader.GetString(9))!.Value,
                reader.GetFieldValue<DateTimeOffset>(10),
                reader.IsDBNull(11) ? null : reader.GetInt32(11),
                reader.IsDBNull(12) ? null : reader.GetString(12));
        return new(secret, new Receiver(
            Id: reader.GetGuid(0),
            Name: reader.GetString(1),
            Kind: reader.GetString(2),
            Enabled: reader.GetBoolean(3),
            Settings: JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(4))!,
            SecretHint: secrets.Hint(secret),
            HoldUntil: reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6),
            CreatedAt: reader.GetFieldValue<DateTimeOffset>(7),
            UpdatedAt: reader.GetFieldValue<DateTimeOffset>(8),
            Last: last));
    }
}

/// <param name="Secret">Encrypted.</param>
internal sealed record StoredReceiver(byte[]? Secret, Receiver Receiver);

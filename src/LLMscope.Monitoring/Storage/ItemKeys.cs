using System.Security.Cryptography;
using System.Text;
using LLMscope.Monitoring.Samples;
using Npgsql;
using NpgsqlTypes;

namespace LLMscope.Monitoring.Storage;

/// <summary>
/// The idempotency keys of items that were archived. A key is remembered for the day of its arrival and
/// <see cref="DaysRemembered"/> days before: what a client sends again within that time is stored once.
/// </summary>
public static class ItemKeys
{
    public const int DaysRemembered = 2;

    /// <summary>The key of an item: half of the SHA-256 of its identifier, since identifiers come in any form and length.</summary>
    public static Guid Of(string kind, string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\u001f{id}"), hash);
        return new Guid(hash[..16]);
    }

    /// <summary>Writes the keys of the group within the transaction of the connection, and answers which of them are new.</summary>
    internal static async Task<HashSet<Guid>> ClaimAsync(
        NpgsqlConnection connection, Partitions partitions, List<SampleBatch> group, DateTimeOffset now, CancellationToken cancellation)
    {
        var keys = group.SelectMany(batch => (batch.SampleKeys ?? []).Concat(batch.CallKeys ?? []))
            .Where(key => key != Guid.Empty).ToHashSet();
        if (keys.Count == 0)
            return keys;

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        await partitions.EnsureAsync(connection, "item_keys", [today], cancellation);
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO item_keys (day, key)
            SELECT $1, k FROM unnest($2) AS k
            WHERE NOT EXISTS (SELECT FROM item_keys WHERE key = k AND day >= $3 AND day < $1)
            ON CONFLICT DO NOTHING
            RETURNING key
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = today });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. keys], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = today.AddDays(-DaysRemembered) });

        var fresh = new HashSet<Guid>(keys.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            fresh.Add(reader.GetGuid(0));

        return fresh;
    }
}

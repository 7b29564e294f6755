using System.Globalization;
using System.Reflection;
using Npgsql;

namespace LLMscope.Monitoring.Storage;

/// <summary>
/// Brings the schema up to this version: the SQL files beside this class, in the order of their numbers, each in a transaction of its own.
/// They only go forward. A database that a newer version made is refused.
/// </summary>
internal static class Migrations
{
    private const string Folder = ".Storage.Migrations.";

    /// <param name="upTo">The last version that is applied.</param>
    public static async Task ApplyAsync(NpgsqlConnection connection, TimeProvider clock, CancellationToken cancellation, int upTo = int.MaxValue)
    {
        await using (var table = new NpgsqlCommand(
            "CREATE TABLE IF NOT EXISTS schema_versions (version int PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL)", connection))
        {
            await table.ExecuteNonQueryAsync(cancellation);
        }

        var applied = await AppliedAsync(connection, cancellation);
        var steps = Steps();
        if (applied > steps[^1].Version)
        {
            throw new InvalidOperationException(
                $"The database has schema version {applied}; this LLMscope knows versions up to {steps[^1].Version}. Run the newer LLMscope, or restore a backup.");
        }

        foreach (var step in steps.Where(step => step.Version > applied && step.Version <= upTo))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await using (var command = new NpgsqlCommand(step.Sql, connection))
                await command.ExecuteNonQueryAsync(cancellation);
            await using (var note = new NpgsqlCommand("INSERT INTO schema_versions (version, name, applied_at) VALUES ($1, $2, $3)", connection))
            {
                note.Parameters.Add(new NpgsqlParameter<int> { TypedValue = step.Version });
                note.Parameters.Add(new NpgsqlParameter<string> { TypedValue = step.Name });
                note.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() });
                await note.ExecuteNonQueryAsync(cancellation);
            }

            await transaction.CommitAsync(cancellation);
        }
    }

    private static async Task<int> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM schema_versions", connection);
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static List<(int Version, string Name, string Sql)> Steps()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var steps = new List<(int, string, string)>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var name = resource[(resource.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..^".sql".Length];
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            steps.Add((int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name[5..], reader.ReadToEnd()));
        }

        return steps;
    }
}

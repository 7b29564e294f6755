using Npgsql;

namespace LLMscope.Monitoring.Storage.PrivateServer;

/// <summary>How LLMscope gets into its private server, and the one database it keeps there.</summary>
internal sealed record ServerLogin(string SocketFolder, string Password)
{
    private const string Database = "llmscope";

    public string ConnectionString => ConnectionTo(Database);

    /// <summary>Returns when the database answers. The first time, it makes it.</summary>
    public async Task EnsureDatabaseAsync(CancellationToken cancellation)
    {
        try
        {
            await ExecuteAsync(Database, "SELECT 1", cancellation);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await ExecuteAsync("postgres", $"CREATE DATABASE {Database}", cancellation);
        }
    }

    private async Task ExecuteAsync(string database, string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection($"{ConnectionTo(database)};Pooling=false;Timeout=5");
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private string ConnectionTo(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = SocketFolder,
        Port = 5432,
        Username = Cluster.Owner,
        Password = Password,
        Database = database,
        MaxPoolSize = ClusterSettings.Connections - 10, // the rest is for people and backups
    }.ConnectionString;

    /// <summary>Without the password, which a generated text would show.</summary>
    public override string ToString() => $"{Cluster.Owner} at {SocketFolder}";
}

using Npgsql;

namespace LLMscope.Monitoring.Charts;

/// <summary>All baselines that were ever frozen.</summary>
public sealed class BaselineBook
{
    private readonly NpgsqlDataSource _database;

    internal BaselineBook(NpgsqlDataSource database) => _database = database;

    /// <summary>Those of one chart, oldest version first.</summary>
    public async Task<IReadOnlyList<Baseline>> ListAsync(int chartId, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        return await BaselineRows.LoadAsync(connection, chartId, cancellation);
    }
}

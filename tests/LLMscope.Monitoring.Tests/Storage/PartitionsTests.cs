using LLMscope.Monitoring.Storage;
using LLMscope.Tests.Storage;
using Npgsql;

namespace LLMscope.Monitoring.Tests.Storage;

public class PartitionsTests
{
    private static readonly DateOnly Day = new(2026, 11, 20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Samples_lie_in_days_and_points_in_months()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await using var connection = await OpenAsync(database);
        var partitions = new Partitions();

        await partitions.EnsureAsync(connection, "sample_blocks", [Day, Day.AddDays(1), Day], Cancellation);
        await partitions.EnsureAsync(connection, "points", [Day, Day.AddDays(20)], Cancellation);

        Assert.Equal(["(sample_blocks_20261120)", "(sample_blocks_20261121)"], await NamesAsync(database, "sample_blocks_"));
        Assert.Equal(["(points_20261101)", "(points_20261201)"], await NamesAsync(database, "points_2"));
    }

    [Fact]
    public async Task A_partition_that_was_rolled_back_is_made_again()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await using var connection = await OpenAsync(database);
        var partitions = new Partitions();
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            await partitions.EnsureAsync(connection, "sample_blocks", [Day], Cancellation);
            partitions.Committed("points"); // The other writer's commit, in the meantime.
            await transaction.RollbackAsync(Cancellation);
        }

        await partitions.EnsureAsync(connection, "sample_blocks", [Day], Cancellation);

        Assert.Equal(["(sample_blocks_20261120)"], await NamesAsync(database, "sample_blocks_"));
    }

    [Fact]
    public async Task Only_partitions_without_a_kept_day_are_too_old()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await using var connection = await OpenAsync(database);
        var partitions = new Partitions();
        await partitions.EnsureAsync(connection, "points", [new(2026, 9, 1), new(2026, 10, 31), new(2026, 11, 1)], Cancellation);

        Assert.Equal(["points_20260901"], await Partitions.OlderThanAsync(connection, "points", new(2026, 10, 31), Cancellation));
        Assert.Equal(["points_20260901", "points_20261001"], (await Partitions.OlderThanAsync(connection, "points", new(2026, 11, 1), Cancellation)).Order());
    }

    private static async Task<NpgsqlConnection> OpenAsync(TestDatabase database)
    {
        var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    private static Task<string[]> NamesAsync(TestDatabase database, string prefix) =>
        database.RowsAsync($"SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE '{prefix}%' ORDER BY relname", Cancellation);
}

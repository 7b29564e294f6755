using LLMscope.Monitoring.Storage;
using LLMscope.Tests;
using LLMscope.Tests.Storage;
using Npgsql;

namespace LLMscope.Monitoring.Tests.Storage;

public class MigrationsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_second_time_nothing_is_done()
    {
        await using var database = await TestDatabase.CreateAsync(Cancellation);
        var clock = new ManualClock();
        await ApplyAsync(database, clock);
        var first = await database.RowsAsync("SELECT * FROM schema_versions ORDER BY version", Cancellation);
        clock.Advance(TimeSpan.FromHours(1));

        await ApplyAsync(database, clock);

        Assert.Equal(first, await database.RowsAsync("SELECT * FROM schema_versions ORDER BY version", Cancellation));
        Assert.NotEmpty(first);
    }

    [Fact]
    public async Task A_schema_of_a_newer_version_is_refused_and_left_alone()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await TestServer.ExecuteAsync(database.ConnectionString, "INSERT INTO schema_versions VALUES (9999, 'future', now())", Cancellation);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => ApplyAsync(database, new ManualClock()));

        Assert.Contains("9999", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_that_were_rows_are_the_same_in_blocks()
    {
        await using var database = await TestDatabase.CreateAsync(Cancellation);
        await ApplyAsync(database, new ManualClock(), upTo: 4);
        await TestServer.ExecuteAsync(
            database.ConnectionString,
            """
            CREATE TABLE samples_20261119 PARTITION OF samples FOR VALUES FROM ('2026-11-19') TO ('2026-11-20');
            CREATE TABLE samples_20261120 PARTITION OF samples FOR VALUES FROM ('2026-11-20') TO ('2026-11-21');
            INSERT INTO samples
            SELECT i + i / 700, 1 + i % 3, '2026-11-20T00:00:00Z'::timestamptz + ((i % 5) - 2) * interval '1 hour', i / 8.0, CASE WHEN i % 900 = 0 THEN 2 ELSE 0 END,
                CASE WHEN i BETWEEN 1000 AND 1010 THEN i END, CASE WHEN i = 2000 THEN 7 END
            FROM generate_series(1, 5000) i
            """,
            Cancellation);
        const string Rows = "SELECT sequence, series_id, time, value, standing, call_id, coalesce(count, 1) AS count FROM samples ORDER BY sequence";
        var before = await database.RowsAsync(Rows, Cancellation);

        await ApplyAsync(database, new ManualClock());

        Assert.Equal(5000, before.Length);
        Assert.Equal(before, await database.RowsAsync(Rows, Cancellation));
        Assert.InRange(await database.AskAsync<int>("SELECT max(count) FROM sample_blocks", Cancellation), 1, 1024);
        Assert.Equal(0, await database.AskAsync<long>("SELECT count(*) FROM samples WHERE (time AT TIME ZONE 'UTC')::date <> day", Cancellation));
    }

    private static async Task ApplyAsync(TestDatabase database, TimeProvider clock, int upTo = int.MaxValue)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await Migrations.ApplyAsync(connection, clock, Cancellation, upTo);
    }
}

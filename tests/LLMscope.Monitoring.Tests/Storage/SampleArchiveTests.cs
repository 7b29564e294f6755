using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;
using LLMscope.Tests;
using LLMscope.Tests.Storage;

namespace LLMscope.Monitoring.Tests.Storage;

public class SampleArchiveTests
{
    private static readonly DateTime Begin = new(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_acknowledged_can_be_read_over_another_connection()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await using var host = await MonitoringHost.StartAsync(database, Cancellation);
        var series = host.Series("my_metric");

        await Task.WhenAll(Enumerable.Range(0, 50).Select(async batch =>
        {
            var value = batch + 0.25;
            await host.SendAsync([new(series, Begin, value), new(series, Begin, -value)]);
            Assert.Equal(2, await database.AskAsync<long>($"SELECT count(*) FROM samples WHERE abs(value) = {value}", Cancellation));
        }));

        Assert.Equal((100, 100, 1), (
            await database.AskAsync<long>("SELECT count(*) FROM samples", Cancellation),
            await database.AskAsync<long>("SELECT max(sequence) FROM samples", Cancellation),
            await database.AskAsync<long>("SELECT count(*) FROM series", Cancellation)));
        Assert.Equal(100, await database.AskAsync<long>("SELECT archived FROM archiving", Cancellation));
    }

    [Fact]
    public async Task Nobody_is_acknowledged_where_the_commit_fails()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await using var host = await MonitoringHost.StartAsync(database, Cancellation);
        await TestServer.ExecuteAsync(database.ConnectionString, "ALTER TABLE sample_blocks ADD CONSTRAINT small CHECK (10 > ALL (values))", Cancellation);
        var series = host.Series("my_metric");

        var sent = host.SendAsync([new(series, Begin, 1), new(series, Begin, 100)]);

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => sent);
        Assert.Equal(0, await database.AskAsync<long>("SELECT count(*) FROM samples", Cancellation));
        Assert.Equal(0, await database.AskAsync<long>("SELECT archived FROM archiving", Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_connection_that_breaks_delays_the_answer_and_loses_nothing()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        var clock = new ManualClock();
        await using var host = await MonitoringHost.StartAsync(database, Cancellation, clock);
        var series = host.Series("my_metric");
        await host.SendAsync([new(series, Begin, 1)]);

        var sent = Task.WhenAll(Enumerable.Range(0, 20).Select(i => host.SendAsync([new(series, Begin.AddSeconds(i), i)])));
        do
        {
            await TestServer.ExecuteAsync(database.ConnectionString,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", Cancellation);
            await TestServer.ExecuteAsync(database.ConnectionString, "SELECT 1", Cancellation);
            clock.Advance(TimeSpan.FromSeconds(1));
        }
        while (!sent.IsCompleted && await database.AskAsync<long>("SELECT count(*) FROM samples", Cancellation) < 10);
        while (!sent.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        await sent;
        Assert.Equal(21, await database.AskAsync<long>("SELECT count(*) FROM samples", Cancellation));
        Assert.Equal(21, await database.AskAsync<long>("SELECT count(DISTINCT sequence) FROM samples", Cancellation));
    }

    [Fact]
    public async Task A_stop_commits_what_waits()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        var host = await MonitoringHost.StartAsync(database, Cancellation);
        var series = host.Series("my_metric");
        var sent = Enumerable.Range(0, 100).Select(i => host.SendAsync([new(series, Begin.AddSeconds(i), i)])).ToArray();

        await host.DisposeAsync();

        Assert.All(await Task.WhenAll(sent), receipt => Assert.Equal(1, receipt.Accepted));
        Assert.Equal(100, await database.AskAsync<long>("SELECT count(*) FROM samples", Cancellation));
    }

    [Fact]
    public async Task A_key_is_remembered_for_two_days_after_its_own()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        var clock = new ManualClock();
        await using var host = await MonitoringHost.StartAsync(database, Cancellation, clock);
        var series = host.Series("my_metric");
        var key = ItemKeys.Of("sample", "order-1");

        var receipts = new List<BatchReceipt>();
        for (var day = 0; day < 4; day++)
        {
            receipts.Add(await host.SendAsync([new(series, Begin, day)], [key]));
            clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal([1, 0, 0, 1], receipts.Select(receipt => receipt.Accepted));
        Assert.Equal([0, 1, 1, 0], receipts.Select(receipt => receipt.Duplicates));
    }

    [Fact]
    public async Task After_a_restart_a_sample_that_is_in_no_point_yet_still_makes_older_ones_late()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await using (var first = await MonitoringHost.StartAsync(database, Cancellation))
        {
            await first.SendAsync([new(first.Series(Characteristic.Error), Begin.AddSeconds(50), 0)]);
            await first.JudgedAsync(Cancellation);
        }

        await using var second = await MonitoringHost.StartAsync(database, Cancellation);
        await second.SendAsync([new(second.Series(Characteristic.Error), Begin.AddSeconds(40), 1)]);

        Assert.Equal((short)Standing.Late, await database.AskAsync<short>("SELECT standing FROM samples WHERE value = 1", Cancellation));
    }
}

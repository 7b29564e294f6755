using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;
using LLMscope.Tests.Storage;
using Npgsql;

namespace LLMscope.Monitoring.Tests.Storage;

public class SampleBlocksTests
{
    private static readonly DateTime Begin = new(2026, 11, 20, 23, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(1_024)]
    [InlineData(1_025)]
    [InlineData(5_000)]
    public async Task Samples_of_any_number_and_day_are_read_back_as_they_were_in_pieces_of_any_size(int count)
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await using var host = await MonitoringHost.StartAsync(database, Cancellation);
        Series[] series = [host.Series("my_metric"), host.Series("other_metric"), host.Series("duration")];
        var random = new Random(count);
        Sample[] samples = [.. Enumerable.Range(0, count).Select(i => new Sample(
            series[random.Next(3)], Begin.AddMinutes(i), random.NextDouble(), random.Next(9) == 0 ? Standing.Failed : Standing.Judged, Count: random.Next(9) == 0 ? 5 : 1))];

        await host.SendAsync(samples);
        await host.SendAsync([new(series[0], Begin.AddDays(10), 1)]);

        var all = await ReadAsync(database, host.Catalog, 0, count + 1, int.MaxValue);
        Assert.Equal(samples, all[..^1].Select(row => row.Sample));
        Assert.Equal(Enumerable.Range(1, count + 1).Select(sequence => (long)sequence), all.Select(row => row.Sequence));
        Assert.Equal(count, await database.AskAsync<long>($"SELECT count(*) FROM samples WHERE sequence <= {count}", Cancellation));

        foreach (var limit in new[] { 1_000, 1_024, 777 })
        {
            var inPieces = new List<ArchivedSample>();
            for (long after = 0, read; after < count + 1; after = read)
            {
                await using var connection = await OpenAsync(database);
                (var piece, read) = await SampleBlocks.ReadAsync(connection, host.Catalog, after, count + 1, limit, Cancellation);
                Assert.InRange(piece.Length, 1, limit);
                inPieces.AddRange(piece);
            }

            Assert.Equal(all, inPieces);
        }

        var (from, upTo) = (count / 3, (count / 3) + 2);
        Assert.Equal(all.Where(row => row.Sequence > from && row.Sequence <= upTo), await ReadAsync(database, host.Catalog, from, upTo, 1_000));
    }

    [Fact]
    public async Task A_sample_of_a_call_is_read_back_with_the_length_of_its_call()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await using var host = await MonitoringHost.StartAsync(database, Cancellation);
        var series = host.Series("duration");
        var call = new Call(series.Source, Begin, 1.5, null, 120, 40, null, CallStatus.Ok, null, null, 1, false, false, null, null, null, null, null, null);
        var length = TokenCounts.Of(call);
        var batch = new SampleBatch(new Sample[] { new(series, Begin, 1), new(series, Begin.AddSeconds(1), 2, Call: 0, Length: length) }, [call]);
        Assert.True(host.Get<SampleInbox>().TryAccept(batch));
        await batch.Receipt;

        var read = await ReadAsync(database, host.Catalog, 0, 3, 100);

        Assert.Equal([default, length], read.Select(row => row.Sample.Length));
        Assert.Equal(1, await database.AskAsync<long>("SELECT call_id FROM samples WHERE value = 2", Cancellation));
        Assert.Equal(1, await database.AskAsync<long>("SELECT count(*) FROM samples WHERE call_id IS NULL", Cancellation));
    }

    [Fact]
    public async Task What_is_removed_with_its_demonstration_leaves_the_others_of_its_block()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await using var host = await MonitoringHost.StartAsync(database, Cancellation);
        var mine = host.Series("duration");
        Assert.True(host.Catalog.TryGetOrAdd(new Source(Model: "demo", Demo: true), Characteristic.Find("duration")!, out var demo));
        await host.SendAsync([new(mine, Begin, 1), new(demo, Begin, 2), new(mine, Begin, 3)]);
        await host.SendAsync([new(demo, Begin, 4)]);
        await host.JudgedAsync(Cancellation);

        await host.Get<DemoRemoval>().RemoveAsync(Cancellation);

        Assert.Equal(["(1,1)", "(3,3)"], await database.RowsAsync("SELECT sequence, value FROM samples ORDER BY sequence", Cancellation));
        Assert.Equal(1, await database.AskAsync<long>("SELECT count(*) FROM sample_blocks", Cancellation));
        Assert.Equal([1.0, 3.0], (await ReadAsync(database, host.Catalog, 0, 4, 100)).Select(row => row.Sample.Value));
    }

    private static async Task<ArchivedSample[]> ReadAsync(TestDatabase database, SeriesCatalog catalog, long after, long upTo, int limit)
    {
        await using var connection = await OpenAsync(database);
        var (samples, read) = await SampleBlocks.ReadAsync(connection, catalog, after, upTo, limit, Cancellation);
        Assert.Equal(upTo, read);
        return samples;
    }

    private static async Task<NpgsqlConnection> OpenAsync(TestDatabase database)
    {
        var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Cancellation);
        return connection;
    }
}

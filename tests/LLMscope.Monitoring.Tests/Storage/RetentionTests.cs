using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;
using LLMscope.Monitoring.Tests.Charts;
using LLMscope.Monitoring.Violations;
using LLMscope.Tests;

namespace LLMscope.Monitoring.Tests.Storage;

public class RetentionTests
{
    private static readonly DateTime Begin = new(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Old_samples_and_points_go_and_those_around_a_violation_stay()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        var clock = new ManualClock();
        await using var host = await MonitoringHost.StartAsync(database, Cancellation, clock);
        var series = host.Series(Characteristic.Duration);
        var values = Values.LogNormal(140, seed: 81, sigma: 0.1);
        values[120] = 1e6;
        await host.SendAsync(values.Select((value, i) => new Sample(series, Begin.AddSeconds(i), value)));
        await host.JudgedAsync(Cancellation);
        var id = Guid.Parse((await database.AskAsync<object>("SELECT id FROM violations WHERE severity = 2", Cancellation)).ToString()!);
        var found = await host.Get<ViolationBook>().FindAsync(id, Cancellation);
        var before = await host.Get<PointHistory>().AroundAsync(found!.Violation, Cancellation);

        clock.Advance(TimeSpan.FromDays(432));
        while (await database.AskAsync<long>("SELECT count(*) FROM pg_class WHERE relname IN ('points_20261101', 'sample_blocks_20261120')", Cancellation) > 0)
            await Task.Yield();

        Assert.Equal(0, await database.AskAsync<long>("SELECT count(*) FROM samples", Cancellation));
        Assert.Equal(0, await database.AskAsync<long>("SELECT count(*) FROM points", Cancellation));
        Assert.Equal(before, await host.Get<PointHistory>().AroundAsync(found.Violation, Cancellation));
        Assert.Equal(Enumerable.Range(111, 21).Select(number => (long)number), before.Select(point => point.Number).Where(number => number is >= 111 and <= 131));
    }
}

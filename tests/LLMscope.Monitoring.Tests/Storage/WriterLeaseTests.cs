using LLMscope.Monitoring.Storage;
using LLMscope.Tests;
using LLMscope.Tests.Storage;
using Npgsql;

namespace LLMscope.Monitoring.Tests.Storage;

public class WriterLeaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_writer_is_refused_once_its_patience_is_over()
    {
        await using var database = await TestDatabase.CreateAsync(Cancellation);
        await using var one = Database.Open(database.ConnectionString);
        await using var other = Database.Open(database.ConnectionString);
        await using var held = await WriterLease.TakeAsync(one, TimeProvider.System, Cancellation);

        await Assert.ThrowsAsync<InvalidOperationException>(() => WriterLease.TakeAsync(other, new ForwardClock(), Cancellation));
    }

    [Fact]
    public async Task The_next_writer_takes_over_when_the_first_lets_go()
    {
        await using var database = await TestDatabase.CreateAsync(Cancellation);
        await using var one = Database.Open(database.ConnectionString);
        await using var other = Database.Open(database.ConnectionString);
        var held = await WriterLease.TakeAsync(one, TimeProvider.System, Cancellation);
        var waiting = WriterLease.TakeAsync(other, TimeProvider.System, Cancellation);

        await held.DisposeAsync();

        await using var taken = await waiting;
    }

    [Fact(Timeout = 60_000)]
    public async Task A_writer_whose_connection_broke_takes_its_lease_again()
    {
        await using var database = await TestDatabase.CreateAsync(Cancellation);
        await using var one = Database.Open(database.ConnectionString);
        var clock = new ManualClock();
        await using var lease = await WriterLease.TakeAsync(one, clock, Cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var holding = lease.HoldAsync(stop.Token);
        const string Holders = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        const string Holder = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        Assert.True(await database.AskAsync<bool>($"SELECT pg_terminate_backend(({Holder}), 5000)", Cancellation));

        while (await database.AskAsync<long>(Holders, Cancellation) == 0)
            clock.Advance(TimeSpan.FromSeconds(5));

        Assert.False(holding.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => holding);
    }

    // Each look at it is four seconds later, and its timers fire at once.
    private sealed class ForwardClock : TimeProvider
    {
        private long _looks;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Interlocked.Add(ref _looks, 4);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}

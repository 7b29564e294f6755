using LLMscope.Monitoring.Alerts;

namespace LLMscope.Monitoring.Tests.Alerts;

public class OutboxTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_enabled_receiver_gets_one_notification()
    {
        await using var database = await AlertHouse.NewDatabaseAsync(Cancellation);
        await using var house = AlertHouse.Open(database);
        await house.AddWebhookAsync("one", "http://127.0.0.1/1", Cancellation);
        await house.AddWebhookAsync("two", "http://127.0.0.1/2", Cancellation);
        var off = await house.AddWebhookAsync("off", "http://127.0.0.1/3", Cancellation);
        await house.Receivers.EnableAsync(off.Id, enabled: false, Cancellation);

        var violation = await house.RaiseAsync(Cancellation);

        var notifications = await house.Log.ListAsync(NotificationState.Pending, violation, 10, Cancellation);
        string[] names = ["one", "two"];
        Assert.Equal(names, notifications.Select(notification => notification.ReceiverName).Order());
        Assert.All(notifications, notification => Assert.Equal(7, notification.Id.Version));
    }

    [Fact]
    public async Task A_transaction_that_is_rolled_back_leaves_nothing_to_send()
    {
        await using var database = await AlertHouse.NewDatabaseAsync(Cancellation);
        await using var house = AlertHouse.Open(database);
        await house.AddWebhookAsync("one", "http://127.0.0.1/1", Cancellation);
        await using (var connection = await house.Database.OpenConnectionAsync(Cancellation))
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancellation);
            var violation = Guid.NewGuid();
            await AlertHouse.RecordAsync(connection, violation, Cancellation);
            await house.Outbox.EnqueueAsync(connection, Notices.Opened(violation), Cancellation);
            await transaction.RollbackAsync(Cancellation);
        }

        Assert.Empty(await house.Log.ListAsync(null, null, 10, Cancellation));
    }

    [Fact]
    public async Task The_same_violation_is_written_once_even_if_its_turn_is_saved_twice()
    {
        await using var database = await AlertHouse.NewDatabaseAsync(Cancellation);
        await using var house = AlertHouse.Open(database);
        await house.AddWebhookAsync("one", "http://127.0.0.1/1", Cancellation);
        var violation = await house.RaiseAsync(Cancellation);
        await using var connection = await house.Database.OpenConnectionAsync(Cancellation);

        await house.Outbox.EnqueueAsync(connection, Notices.Opened(violation), Cancellation);

        Assert.Single(await house.Log.ListAsync(null, violation, 10, Cancellation));
    }

    [Fact]
    public async Task The_end_goes_to_those_who_have_the_beginning()
    {
        await using var database = await AlertHouse.NewDatabaseAsync(Cancellation);
        await using var house = AlertHouse.Open(database);
        var early = await house.AddWebhookAsync("early", "http://127.0.0.1/1", Cancellation);
        var violation = await house.RaiseAsync(Cancellation);
        await house.Receivers.EnableAsync(early.Id, enabled: false, Cancellation);
        await house.AddWebhookAsync("late", "http://127.0.0.1/2", Cancellation);

        await house.ResolveAsync(violation, Cancellation);

        var end = Assert.Single(await house.Log.ListAsync(null, violation, 10, Cancellation), notification => notification.Kind == NotificationKind.Resolved);
        Assert.Equal("early", end.ReceiverName);
    }

    [Fact]
    public void A_limit_that_is_no_number_does_not_stop_the_monitor()
    {
        var notice = Notices.Opened(Guid.NewGuid()) with { Upper = double.PositiveInfinity, Extreme = double.NaN };

        var read = NoticeJson.Read(NoticeJson.Write(notice));

        Assert.Equal(double.PositiveInfinity, read.Upper);
        Assert.Equal(notice.Source, read.Source);
    }
}

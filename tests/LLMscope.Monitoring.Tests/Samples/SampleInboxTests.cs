using LLMscope.Monitoring.Samples;
using Microsoft.Extensions.Options;

namespace LLMscope.Monitoring.Tests.Samples;

public class SampleInboxTests
{
    private static readonly Series Series = new(1, 1, new Source(Model: "gpt-4o"), Characteristic.Find(Characteristic.Duration)!);

    private readonly SampleInbox _inbox = new(Options.Create(new InboxOptions { Capacity = 1_000, LargestGroup = 100 }));

    [Fact]
    public void A_full_inbox_refuses_rather_than_grows()
    {
        Assert.True(_inbox.TryAccept(BatchOf(600)));

        Assert.False(_inbox.TryAccept(BatchOf(401)));
        Assert.True(_inbox.TryAccept(BatchOf(400)));

        Assert.Equal((1_000, 1L), (_inbox.Waiting, _inbox.Refused));
    }

    [Fact]
    public void A_flood_of_empty_batches_is_bounded_too()
    {
        var accepted = Enumerable.Range(0, 2_000).Count(_ => _inbox.TryAccept(BatchOf(0)));

        Assert.Equal(1_000, accepted);
    }

    [Fact]
    public async Task There_is_room_again_once_a_group_is_released()
    {
        _inbox.TryAccept(BatchOf(1_000));
        var group = new List<SampleBatch>();
        await _inbox.TakeGroupAsync(group, TestContext.Current.CancellationToken);
        Assert.False(_inbox.TryAccept(BatchOf(1)));

        _inbox.Release(group);

        Assert.True(_inbox.TryAccept(BatchOf(1_000)));
    }

    [Fact]
    public async Task A_group_ends_with_the_batch_that_fills_it()
    {
        for (var i = 0; i < 10; i++)
            _inbox.TryAccept(BatchOf(40));

        var group = new List<SampleBatch>();
        await _inbox.TakeGroupAsync(group, TestContext.Current.CancellationToken);

        Assert.Equal(3, group.Count);
    }

    [Fact]
    public async Task A_closed_inbox_takes_nothing_more_and_gives_what_it_has()
    {
        _inbox.TryAccept(BatchOf(1));
        _inbox.Close();

        var group = new List<SampleBatch>();

        Assert.False(_inbox.TryAccept(BatchOf(1)));
        Assert.True(await _inbox.TakeGroupAsync(group, TestContext.Current.CancellationToken));
        Assert.False(await _inbox.TakeGroupAsync(group, TestContext.Current.CancellationToken));
    }

    private static SampleBatch BatchOf(int samples) => new(Enumerable.Repeat(new Sample(Series, DateTime.UnixEpoch, 1), samples).ToArray(), []);
}

using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;
using Microsoft.Extensions.Options;

namespace LLMscope.Monitoring.Tests.Storage;

public class CommittedSamplesTests
{
    private readonly CommittedSamples _committed = new(Options.Create(new InboxOptions { LargestBacklog = 1_000 }));

    [Fact]
    public void What_is_let_go_is_told_even_if_nothing_more_comes()
    {
        _committed.Offer(Group(1, 900));
        _committed.Offer(Group(901, 1_500));
        _committed.Offer(Group(1_501, 2_000));

        Assert.Equal([(1L, 900L, 900), (901L, 2_000L, 0)], Drain());
        Assert.Equal(0, _committed.Waiting);
    }

    [Fact]
    public void A_group_larger_than_the_backlog_is_never_held()
    {
        for (var group = 0; group < 100; group++)
            _committed.Offer(Group(1 + (group * 2_000), (group + 1) * 2_000));

        Assert.Equal((1L, 200_000L, 0), Assert.Single(Drain()));
    }

    [Fact]
    public void After_room_was_made_groups_are_held_again()
    {
        _committed.Offer(Group(1, 1_001));
        Drain();

        _committed.Offer(Group(1_002, 1_100));

        Assert.Equal((1_002L, 1_100L, 99), Assert.Single(Drain()));
    }

    [Fact(Timeout = 60_000)]
    public async Task Every_sequence_is_held_or_told_while_both_sides_run()
    {
        const long Last = 2_000_000;
        var offering = Task.Run(
            () =>
            {
                for (var first = 1L; first <= Last; first += 100)
                    _committed.Offer(Group(first, first + 99));
            },
            TestContext.Current.CancellationToken);

        var judged = 0L;
        while (judged < Last && await _committed.Reader.WaitToReadAsync(TestContext.Current.CancellationToken))
        {
            while (_committed.TryTake(out var group))
            {
                judged = Math.Max(judged, group.LastSequence);
                Assert.InRange(_committed.Waiting, 0, 1_100); // what is offered just now included
            }
        }

        await offering;
        Assert.Equal(Last, judged);
    }

    private static CommittedGroup Group(long first, long last) => new(first, last, new ArchivedSample[last - first + 1]);

    private List<(long First, long Last, int Samples)> Drain()
    {
        var taken = new List<(long, long, int)>();
        while (_committed.TryTake(out var group))
            taken.Add((group.FirstSequence, group.LastSequence, group.Samples.Count));

        return taken;
    }
}

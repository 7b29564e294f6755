using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;

namespace LLMscope.Monitoring.Tests.Storage;

public class ArchiveGroupTests
{
    private static readonly DateTime Begin = new(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);

    private readonly Series _series = SeriesOf(1);

    [Fact]
    public void An_item_whose_key_is_not_fresh_is_a_duplicate_and_so_is_the_second_of_one_key()
    {
        var (known, twice) = (Guid.NewGuid(), Guid.NewGuid());
        var batch = new SampleBatch(new[] { At(0), At(1), At(2), At(3) }, [], [known, twice, twice, Guid.Empty]);

        var group = ArchiveGroup.Of([batch], [twice], archived: 10);

        Assert.Equal([Begin.AddSeconds(1), Begin.AddSeconds(3)], group.Samples.Select(row => row.Sample.Time));
        Assert.Equal(new BatchReceipt(2, 2), Assert.Single(group.Receipts));
    }

    [Fact]
    public void The_same_key_in_two_batches_of_one_commit_is_stored_for_the_first()
    {
        var key = Guid.NewGuid();
        SampleBatch[] batches = [new(new[] { At(0) }, [], [key]), new(new[] { At(1) }, [], [key])];

        var group = ArchiveGroup.Of([.. batches], [key], archived: 0);

        Assert.Equal([new BatchReceipt(1, 0), new BatchReceipt(0, 1)], group.Receipts);
    }

    [Fact]
    public void Rows_are_in_order_of_time_and_their_sequences_without_a_gap()
    {
        var group = ArchiveGroup.Of([new(new[] { At(5), At(1) }, []), new(new[] { At(3), At(1, value: 9) }, [])], [], archived: 41);

        Assert.Equal([(42L, 1, 1.0), (43, 1, 9), (44, 3, 1), (45, 5, 1)], group.Samples.Select(row => (row.Sequence, Second(row), row.Sample.Value)));
        Assert.Equal((42L, 45L), (group.FirstSequence, group.LastSequence));
    }

    [Fact]
    public void A_sample_older_than_one_archived_before_is_late_and_an_equal_one_is_not()
    {
        ArchiveGroup.Of([new(new[] { At(10) }, [])], [], archived: 0);

        var group = ArchiveGroup.Of([new(new[] { At(9), At(10), At(11), At(1, SeriesOf(2)) }, [])], [], archived: 1);

        Assert.Equal([(9, Standing.Late), (10, Standing.Judged), (11, Standing.Judged), (1, Standing.Judged)], group.Samples.Select(row => (Second(row), row.Sample.Standing)));
    }

    [Fact]
    public void What_is_not_judged_makes_nothing_late_and_keeps_its_own_reason()
    {
        ArchiveGroup.Of([new(new[] { At(100) with { Standing = Standing.CacheHit }, At(10) }, [])], [], archived: 0);

        var group = ArchiveGroup.Of([new(new[] { At(5) with { Standing = Standing.Failed }, At(50) }, [])], [], archived: 2);

        Assert.Equal([Standing.Failed, Standing.Judged], group.Samples.Select(row => row.Sample.Standing));
    }

    [Fact]
    public void A_call_and_its_samples_are_stored_together_or_not_at_all()
    {
        var (fresh, known) = (Guid.NewGuid(), Guid.NewGuid());
        Call[] calls = [new(_series.Source, Begin, 1), new(_series.Source, Begin, 2)];
        Sample[] samples = [At(0) with { Call = 0 }, At(0) with { Call = 1 }, At(1) with { Call = 1 }];

        var group = ArchiveGroup.Of([new(samples, calls, null, [known, fresh])], [fresh], archived: 0);

        var call = Assert.Single(group.Calls);
        Assert.Equal((1L, 2.0), (call.Id, call.Call.Duration!.Value));
        Assert.All(group.Samples, row => Assert.Equal(call.Id, row.CallId));
        Assert.Equal([2L, 3L], group.Samples.Select(row => row.Sequence));
        Assert.Equal(new BatchReceipt(1, 1), group.Receipts[0]);
    }

    [Fact]
    public void A_group_of_duplicates_alone_moves_no_sequence()
    {
        var group = ArchiveGroup.Of([new(new[] { At(0) }, [], [Guid.NewGuid()])], [], archived: 7);

        Assert.Equal((0, 7L), (group.Count, group.LastSequence));
    }

    private Sample At(double second, Series? series = null, double value = 1) => new(series ?? _series, Begin.AddSeconds(second), value);

    private static Series SeriesOf(int id) => new(id, id, new Source(Model: $"model-{id}"), Characteristic.Find(Characteristic.Duration)!);

    private static int Second(ArchivedSample row) => (int)(row.Sample.Time - Begin).TotalSeconds;
}

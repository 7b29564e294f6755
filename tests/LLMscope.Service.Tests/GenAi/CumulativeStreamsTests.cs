using LLMscope.Service.GenAi;

namespace LLMscope.Service.Tests.GenAi;

public class CumulativeStreamsTests
{
    private static readonly Guid[] Stream = [.. Enumerable.Range(0, 5).Select(_ => Guid.NewGuid())];

    [Fact]
    public void No_more_streams_are_remembered_than_there_is_room_for_and_those_used_last_stay()
    {
        var streams = new CumulativeStreams(since: 100, most: 3);
        foreach (var i in (int[])[0, 1, 2, 0, 3])
            streams.Gain(Stream[i], At(10 + (ulong)i, 200 + (ulong)i, 5));

        Assert.Equal(1, streams.Forgotten);
        Assert.Equal(2, streams.Gain(Stream[0], At(10, 300, 7))!.Count);
        Assert.Null(streams.Gain(Stream[1], At(11, 300, 7)));
        Assert.Equal(2, streams.Forgotten);
    }

    [Fact]
    public void A_stream_that_was_forgotten_is_not_counted_twice()
    {
        var streams = new CumulativeStreams(since: 100, most: 1);
        Assert.Equal(5, streams.Gain(Stream[0], At(150, 200, 5))!.Count);
        streams.Gain(Stream[1], At(10, 210, 5));

        Assert.Null(streams.Gain(Stream[0], At(150, 220, 8)));
    }

    [Fact]
    public async Task Many_at_once_gain_each_observation_once()
    {
        var streams = new CumulativeStreams(since: 0);
        var gained = 0.0;
        await Parallel.ForAsync(1, 5_000, TestContext.Current.CancellationToken, (i, _) =>
        {
            var gain = streams.Gain(Stream[0], At(1, 1_000 + (ulong)i, i));
            lock (Stream)
                gained += gain?.Count ?? 0;
            return ValueTask.CompletedTask;
        });

        Assert.Equal(4_999, gained);
    }

    private static StreamReading At(ulong start, ulong time, double count) => new(start, time, count, count, Buckets: null);
}

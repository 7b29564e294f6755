using LLMscope.Spc.RareEvents;

namespace LLMscope.Spc.Tests.RareEvents;

public class BetweenEventsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_gap_counts_the_units_between_two_events()
    {
        var gaps = new UnitsBetweenEvents();
        bool[] failed = [false, true, false, false, true, true, false];

        long?[] closed = [.. failed.Select(gaps.Add)];

        Assert.Equal<long?[]>([null, null, null, null, 2, 0, null], closed);
        Assert.Equal(1, gaps.Running);
    }

    [Fact]
    public void No_gap_reaches_over_a_break()
    {
        var gaps = new UnitsBetweenEvents();
        gaps.Add(true);
        gaps.Break();

        Assert.Null(gaps.Add(true));
        Assert.Equal(0, gaps.Add(true));
    }

    [Fact]
    public void A_time_is_in_seconds_and_an_earlier_event_is_left_out()
    {
        var times = new TimeBetweenEvents();

        Assert.Null(times.Add(Noon));
        Assert.Equal(1.5, times.Add(Noon.AddMilliseconds(1_500)));
        Assert.Null(times.Add(Noon));
        Assert.Equal(0.5, times.Add(Noon.AddSeconds(2)));
        times.Break();
        Assert.Null(times.Add(Noon.AddSeconds(3)));
    }
}

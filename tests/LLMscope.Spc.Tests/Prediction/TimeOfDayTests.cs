using LLMscope.Spc.Prediction;
using LLMscope.Spc.Tests.Individuals;

namespace LLMscope.Spc.Tests.Prediction;

public class TimeOfDayTests
{
    private static readonly DateTime Midnight = new(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Less_than_three_days_do_not_tell_the_time_of_day()
    {
        var (values, contexts) = Days(4, perHour: 12);
        var twoDays = 2 * 24 * 12;

        Assert.Null(TimeOfDay.Fit(values.AsSpan(..twoDays), contexts.AsSpan(..twoDays)));
        Assert.NotNull(TimeOfDay.Fit(values, contexts));
        Assert.Null(TimeOfDay.Fit([], []));
    }

    [Fact]
    public void The_daily_rhythm_is_found()
    {
        var (values, contexts) = Days(20, perHour: 12);

        var fit = TimeOfDay.Fit(values, contexts)!;

        // A hundred and twenty points of a half hour are shrunk by a seventh.
        Assert.Equal(Rhythm(15.25) * 6 / 7, fit.Of(PointContext.At(Midnight.AddHours(15.25))), tolerance: 0.25);
        Assert.Equal(Rhythm(3.25) * 6 / 7, fit.Of(PointContext.At(Midnight.AddHours(3.25))), tolerance: 0.25);
    }

    [Fact]
    public void Half_hours_with_few_points_are_believed_less()
    {
        var (values, contexts) = Days(4, perHour: 2); // four points of a half hour
        var few = TimeOfDay.Fit(values, contexts)!;
        (values, contexts) = Days(4, perHour: 200);
        var many = TimeOfDay.Fit(values, contexts)!;

        static double Size(TimeOfDay fit) => fit.Offsets.Sum(Math.Abs);
        Assert.InRange(Size(few) / Size(many), 0.1, 0.5); // 4 / (4 + 20) and the noise of few
    }

    [Fact]
    public void A_half_hour_that_was_never_seen_is_as_all_day()
    {
        var contexts = Enumerable.Range(0, 100).Select(i => PointContext.At(Midnight.AddDays(i / 20.0 - ((i / 20.0) % 1)).AddHours(10))).ToArray();
        var fit = TimeOfDay.Fit(NormalSample.Of(100, seed: 1), contexts)!;

        Assert.Equal(0, fit.Of(PointContext.At(Midnight.AddHours(22))));
    }

    private static double Rhythm(double hour) => 2 * Math.Sin(2 * Math.PI * (hour - 9) / 24);

    private static (double[] Values, PointContext[] Contexts) Days(int days, int perHour)
    {
        var noise = NormalSample.Of(days * 24 * perHour, seed: 8, sigma: 0.5);
        var contexts = Enumerable.Range(0, noise.Length).Select(i => PointContext.At(Midnight.AddHours((double)i / perHour))).ToArray();
        return ([.. noise.Select((value, i) => value + Rhythm(contexts[i].Time.TimeOfDay.TotalHours))], contexts);
    }
}

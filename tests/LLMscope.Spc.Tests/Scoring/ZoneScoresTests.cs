using LLMscope.Spc.Scoring;

namespace LLMscope.Spc.Tests.Scoring;

public class ZoneScoresTests
{
    [Fact]
    public void Each_line_has_its_number_of_standard_deviations()
    {
        var zones = new ZoneLimits(-9, -4, -1, 0, 2, 5, 11);

        var curve = ZoneScores.Through(zones)!;

        Assert.Equal([-3, -2, -1, 0, 1, 2, 3], Enumerable.Range(-3, 7).Select(k => curve.Score(zones.Line(k))));
        Assert.Equal(-4, curve.Score(-14));
    }

    [Fact]
    public void Of_lines_that_lie_on_each_other_the_inner_one_counts()
    {
        var curve = ZoneScores.Through(new ZoneLimits(0, 0, 1, 2, 3, 4, 5))!;

        Assert.Equal((-2, -1, 0, 3), (curve.Score(0), curve.Score(1), curve.Score(2), curve.Score(5)));
    }

    [Fact]
    public void Without_a_line_beside_the_centre_there_are_no_scores()
        => Assert.Null(ZoneScores.Through(new ZoneLimits(4, 4, 4, 4, 4, 4, 4)));
}

namespace LLMscope.Spc.Scoring;

/// <summary>The scores of a chart of which only the seven zone lines are known: straight from each line to the next.</summary>
public static class ZoneScores
{
    /// <summary>
    /// The centre line has score 0. Of lines that lie on each other, such as lower ones that end at 0, the one next to the centre counts. Beyond the outer lines,
    /// and on a side without lines of its own, the curve goes on straight.
    /// </summary>
    /// <param name="zones">In ascending order.</param>
    /// <returns>Null where no line differs from the centre.</returns>
    public static ScoreCurve? Through(ZoneLimits zones)
    {
        if (!zones.AreOrdered)
            throw new ArgumentException("The zone lines are numbers in ascending order.", nameof(zones));

        var values = new List<double> { zones.Centre };
        var scores = new List<double> { 0 };
        for (var k = 1; k <= 3; k++)
        {
            if (zones.Line(k) > values[^1])
                (values, scores) = ([.. values, zones.Line(k)], [.. scores, k]);
            if (zones.Line(-k) < values[0])
                (values, scores) = ([zones.Line(-k), .. values], [-k, .. scores]);
        }

        return values.Count > 1 ? new ScoreCurve(values, scores) : null;
    }
}

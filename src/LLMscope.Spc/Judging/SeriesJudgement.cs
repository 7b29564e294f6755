namespace LLMscope.Spc.Judging;

/// <summary>What was made of a series.</summary>
/// <param name="Signals">In the order of points, then of rules, the detectors last.</param>
/// <param name="Lines">Null where not asked for.</param>
/// <param name="Course">Null where not asked for.</param>
public sealed record SeriesJudgement(IReadOnlyList<SeriesSignal> Signals, SeriesLines? Lines, SeriesCourse? Course);

/// <summary>Centre line and control limits of each point in data units; not a number where the point is missing.</summary>
public sealed record SeriesLines(double[] Centre, double[] Lower, double[] Upper)
{
    internal static SeriesLines For(int points) => new(new double[points], new double[points], new double[points]);

    internal void Set(int index, (double Centre, double Lower, double Upper) lines)
        => (Centre[index], Lower[index], Upper[index]) = lines;
}

/// <summary>Scores, sums and averages after each point, in standard deviations; scores of missing points are not numbers.</summary>
/// <param name="AverageWidth">The distance of the EWMA's limits from its target.</param>
public sealed record SeriesCourse(double[] Scores, double[] UpperSums, double[] LowerSums, double[] Averages, double[] AverageWidth)
{
    internal static SeriesCourse For(int points)
        => new(new double[points], new double[points], new double[points], new double[points], new double[points]);

    internal void Set(int index, double score, in ProcessMemory memory, double averageWidth)
    {
        Scores[index] = score;
        (UpperSums[index], LowerSums[index]) = (memory.Cusum.Upper, memory.Cusum.Lower);
        (Averages[index], AverageWidth[index]) = (memory.Ewma.Average, averageWidth);
    }
}

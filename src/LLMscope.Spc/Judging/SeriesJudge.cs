using LLMscope.Spc.Ewma;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Judging;

/// <summary>
/// Judges a whole series at once, point by point with the same <see cref="ProcessJudge"/> as a live chart. Where points differ in size there is one
/// judge for each size, and all of them step one memory: each point is compared with its own lines, and the rules run on across sizes.
/// </summary>
public sealed class SeriesJudge
{
    /// <summary>Lines of so many sizes are found at most: exact ones take a search each.</summary>
    public const int MostSizes = 5_000;

    private readonly Func<double, ChartLines> _linesFor;
    private readonly Detection _detection;
    private readonly MissingPolicy _missing;

    // One for each size of the series; MostSizes bounds it.
    private readonly Dictionary<double, ProcessJudge> _judges = [];

    /// <param name="linesFor">By the size of a point; asked once for each size, and for 1 where points have none.</param>
    public SeriesJudge(Func<double, ChartLines> linesFor, Detection detection, MissingPolicy missing)
    {
        ArgumentNullException.ThrowIfNull(linesFor);
        ArgumentNullException.ThrowIfNull(detection);
        (_linesFor, _detection, _missing) = (linesFor, detection, missing);
    }

    public static bool HasTooManySizes(PlottedSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return series.Sizes.Length > MostSizes && series.Sizes.Distinct().Skip(MostSizes).Any();
    }

    /// <param name="withLines">Whether the lines of every point are wanted.</param>
    /// <param name="withCourse">Whether scores, sums and averages are wanted.</param>
    public SeriesJudgement Judge(PlottedSeries series, bool withLines, bool withCourse, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(series);
        var count = series.Values.Length;
        var signals = new List<SeriesSignal>();
        var lines = withLines ? SeriesLines.For(count) : null;
        var course = withCourse ? SeriesCourse.For(count) : null;
        var trail = new SegmentTrail(count);
        var judge = JudgeOf(series, 0);
        var memory = judge.Start();
        for (var index = 0; index < count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            judge = JudgeOf(series, index);
            if (series.Resets.Contains(index))
            {
                judge.Break(ref memory);
                trail.Break();
            }

            var judgement = judge.Judge(ref memory, series.Values[index], series.Contexts.Length == 0 ? PointContext.None : series.Contexts[index]);
            lines?.Set(index, judgement.IsMissing ? (double.NaN, double.NaN, double.NaN) : judge.ControlLimitsAt(judgement.Expected));
            course?.Set(index, judgement.Score, memory, _detection.Ewma is { } ewma ? WidthOf(ewma, memory.Ewma) : double.NaN);
            if (judgement.IsMissing)
            {
                if (_missing == MissingPolicy.Break)
                    trail.Break();
                continue;
            }

            trail.Add(index, memory);
            if (!judgement.Signals.Any)
                continue;

            foreach (var rule in judgement.Signals.Rules.Each())
            {
                signals.Add(new SeriesSignal(
                    index, rule, judgement.Signals.DirectionOf(rule), trail.From(rule, _detection.Parameters, judgement.ChangeBegan, memory)));
            }
        }

        return new SeriesJudgement(signals, lines, course);
    }

    /// <summary>The judge of the points of one size.</summary>
    public ProcessJudge JudgeFor(double size)
    {
        if (_judges.TryGetValue(size, out var known))
            return known;
        if (_judges.Count == MostSizes)
            throw new InvalidOperationException($"A series has points of {MostSizes} sizes at most.");

        var (model, line, _) = _linesFor(size);
        return _judges[size] = new ProcessJudge(model, _detection, _missing, line);
    }

    // A point without a size, or of none, is missing; any judge may take it.
    private ProcessJudge JudgeOf(PlottedSeries series, int index)
        => JudgeFor(index < series.Sizes.Length && series.Sizes[index] > 0 ? series.Sizes[index] : 1);

    private static double WidthOf(EwmaParameters ewma, EwmaMemory memory)
        => ewma.Limits == EwmaLimits.Fixed ? ewma.SteadyWidth : ewma.SteadyWidth * Math.Sqrt(memory.StartUp);
}

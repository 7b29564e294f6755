using LLMscope.Spc;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;

namespace LLMscope.Service.Judging;

/// <summary>Judges a request that was read, and puts what came out into the words of the API.</summary>
internal static class JudgeAnswer
{
    private const double UsualPoints = 10_000;

    /// <returns>Null where the faults say why not.</returns>
    public static JudgeResponse? To(JudgeRequest request, CancellationToken cancellation)
    {
        if (ChartChoice.Of(request) is not { Chart: var chart, Series: var series })
            return null;

        cancellation.ThrowIfCancellationRequested();
        if (DetectionChoice.Of(request, chart) is not { } choice)
            return null;

        cancellation.ThrowIfCancellationRequested();
        var sizes = series.Sizes.Where(size => size > 0).Distinct().Take(2).ToArray();
        var size = sizes.Length == 1 ? sizes[0] : chart.UsualSize;
        var model = chart.LinesFor(size).Model;
        var varies = chart.VariesBySize || sizes.Length > 1 || !model.HasConstantLimits;
        var (showsAverage, showsSums) = (request.Detail || chart.Kind == SeriesKind.Ewma, request.Detail || chart.Kind == SeriesKind.Cusum);
        var judge = new SeriesJudge(chart.LinesFor, choice.Detection, request.Missing);
        var judged = judge.Judge(series, withLines: varies, withCourse: showsAverage || showsSums, cancellation);
        var course = judged.Course;
        return new JudgeResponse(
            new JudgedChart(
                JudgeWords.Of(chart.Kind), TransformOf(model), model.Transform, PredictorOf(model), chart.Count, RuleNumbers.Of(choice.Detection),
                [.. chart.Reasons, .. choice.Reasons], [.. chart.Warnings, .. choice.Warnings]),
            LimitsOf(chart.LinesFor(size), judge.JudgeFor(size), varies ? judged.Lines : null),
            Expected(request, choice.Detection, chart),
            [.. judged.Signals.Select(signal => new SeriesSignalResponse(signal.Index, JudgeWords.NameOf(signal.Rule), signal.Direction, signal.From))])
        {
            Scores = course is not null && request.Detail && chart.LinesFor(1).HasScale ? Known(course.Scores) : null,
            Ewma = course is not null && showsAverage && choice.Detection.Ewma is not null ? AverageOf(course, model, varies) : null,
            Cusum = course is not null && showsSums && choice.Detection.Cusum is not null ? new SumCourse(Known(course.UpperSums), Known(course.LowerSums)) : null,
        };
    }

    private static string TransformOf(ProcessModel model)
        => model.Curve.Sigma is null && model.Count > 0 && model.Curve.Values.Count > 7 ? "scores" : model.Transform == Transform.Log ? "log" : "none";

    private static string PredictorOf(ProcessModel model)
    {
        var forecast = model.Forecast switch
        {
            EwmaForecast => "ewma",
            Autoregression => "ar",
            _ => "none",
        };
        var adjustment = model.Adjustment switch
        {
            TokenRegression => "tokens",
            TimeOfDay => "timeOfDay",
            _ => null,
        };
        return adjustment is null ? forecast : forecast == "none" ? adjustment : $"{adjustment}+{forecast}";
    }

    private static JudgedLimits LimitsOf(ChartLines drawn, ProcessJudge judge, SeriesLines? lines)
    {
        if (lines is not null)
            return new VaryingLimits(Known(lines.Centre), Known(lines.Lower), Known(lines.Upper));

        var (centre, lower, upper) = judge.ControlLimitsAt(0);
        var zones = judge.ZonesAt(0);
        var sigma = drawn.HasScale && drawn.Model.Transform == Transform.None ? drawn.Model.Curve.Sigma : null;
        return new ConstantLimits(centre, sigma, Known(lower), Known(upper), [.. Enumerable.Range(-3, 7).Select(k => Known(zones.Line(k)))]);
    }

    private static ExpectedFalseAlarmsResponse? Expected(JudgeRequest request, Detection detection, FittedChart chart)
    {
        var points = request.Budget?.Points ?? UsualPoints;
        try
        {
            return ExpectedAlarms.Among(points, detection, chart) is { } alarms
                ? new ExpectedFalseAlarmsResponse(
                    request.Budget?.Period, points, alarms.Expected, Known(alarms.Average), Known(alarms.Low), Known(alarms.High), alarms.IsUpperBound,
                    Known(points / alarms.Expected), NoteOf(chart, detection))
                : null;
        }
        catch (NotSupportedException)
        {
            // Said by the null: these rules remember more of the past than can be followed exactly.
            return null;
        }
    }

    private static string NoteOf(FittedChart chart, Detection detection)
    {
        var note = chart.Origin switch
        {
            LimitsOrigin.Known => "For independent points and limits that are exactly those of the process.",
            LimitsOrigin.Events => "For independent points with normal scores; exact lines of counts raise fewer, lines at whole standard deviations others.",
            _ => $"For independent points; average, low and high allow for limits from {chart.Count} points.",
        };
        return detection.Judged.HasFlag(RuleSet.Level) ? note + " The level is not counted." : note;
    }

    private static AverageCourse AverageOf(SeriesCourse course, ProcessModel model, bool varies)
    {
        // Averages are of scores over the long-run scale; on a straight chart that is a distance in the unit of the data.
        var (unit, centre, perScore) = !varies && model is { Transform: Transform.None, Curve.Sigma: { } sigma }
            ? ("data", model.Line(0), sigma * model.LongRunScale)
            : ("scores", 0, 1);
        return new AverageCourse(
            unit,
            [.. course.Averages.Select(average => Known(centre + (perScore * average)))],
            [.. course.AverageWidth.Select(width => Known(centre - (perScore * width)))],
            [.. course.AverageWidth.Select(width => Known(centre + (perScore * width)))]);
    }

    private static double?[] Known(double[] numbers) => Array.ConvertAll(numbers, Known);

    private static double? Known(double number) => double.IsFinite(number) ? number : null;
}

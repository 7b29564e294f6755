using LLMscope.Spc;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Individuals;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Subgroups;

namespace LLMscope.Service.Judging;

/// <summary>A chart with its limits and the points to judge by it.</summary>
internal sealed record ChartChoice(FittedChart Chart, PlottedSeries Series)
{
    /// <returns>Null where the faults say why not.</returns>
    public static ChartChoice? Of(JudgeRequest request)
    {
        var chosen = request.Limits switch
        {
            GivenSigma given => OfNumbers(request, FittedChart.Given(given.Centre, given.Sigma)),
            GivenZones given => OfNumbers(request, FittedChart.Given(given.Zones)),
            _ => OfBaseline(request, (BaselineChoice)request.Limits),
        };
        return request.Place.Faults.Any || chosen is null ? null : chosen with { Series = chosen.Series with { Resets = request.Resets } };
    }

    private static ChartChoice? OfBaseline(JudgeRequest request, BaselineChoice baseline)
    {
        var kind = baseline.Kind ?? Usual(baseline.Baseline);
        if (kind is not (SeriesKind.Individuals or SeriesKind.Ewma or SeriesKind.Cusum))
        {
            if (baseline.Transform is TransformChoice.Log or TransformChoice.Scores)
                baseline.TransformPlace!.Fault($"must be auto or none for the chart {JudgeWords.Of(kind)}");
            if (baseline.Predictor is not (PredictorChoice.Auto or PredictorChoice.None))
                baseline.PredictorPlace!.Fault($"must be auto or none for the chart {JudgeWords.Of(kind)}");
        }

        return kind switch
        {
            SeriesKind.Individuals or SeriesKind.Ewma or SeriesKind.Cusum => Individuals(request, baseline, kind),
            SeriesKind.XbarR or SeriesKind.XbarS or SeriesKind.R or SeriesKind.S => OfSubgroups(request, baseline, kind),
            SeriesKind.P or SeriesKind.Np or SeriesKind.PPrime => Proportions(request, baseline, kind),
            SeriesKind.C or SeriesKind.U or SeriesKind.UPrime => Rates(request, baseline, kind),
            _ => BetweenEvents(request, baseline, kind),
        };
    }

    private static SeriesKind Usual(Observations baseline)
    {
        if (baseline.Subgroups is { } subgroups)
        {
            var sizes = subgroups.Select(subgroup => subgroup.Size).Where(size => size > 0).Distinct().ToArray();
            return sizes is [<= SubgroupBaseline.LargestForRange] ? SeriesKind.XbarR : SeriesKind.XbarS;
        }

        return baseline.Sizes is not { } units ? SeriesKind.Individuals
            : Array.TrueForAll(units, size => double.IsNaN(size) || size == Math.Floor(size)) && baseline.Numbers.Zip(units).All(pair => !(pair.First > pair.Second)) ? SeriesKind.P
            : SeriesKind.U;
    }

    private static ChartChoice? Individuals(JudgeRequest request, BaselineChoice baseline, SeriesKind kind)
    {
        if (!AreNumbers(request.Values) | !AreNumbers(baseline.Baseline))
            return null;

        // A chart that is named and drawn on a plain scale is the textbook's: mean and moving ranges of all values.
        var isPrinted = baseline.Kind is not null && baseline.Transform is TransformChoice.None or TransformChoice.Log
            && baseline.Predictor is PredictorChoice.Auto or PredictorChoice.None;
        var options = new PhaseOneOptions
        {
            Transform = baseline.Transform,
            Predictor = isPrinted ? PredictorChoice.None : baseline.Predictor,
            Estimator = isPrinted ? BaselineEstimator.MovingRange : BaselineEstimator.Robust,
            Screens = !isPrinted,
        };
        var chart = IndividualsFit.Of(kind, baseline.Baseline.Numbers, request.BaselineContexts, options, out var problem);
        if (chart is null)
            baseline.Baseline.Place.Fault(problem);
        return chart is null ? null : OfNumbers(request, isPrinted
            ? chart with { Reasons = ["The limits are the mean and three times the mean moving range over d2, as textbooks print them, of all values.", .. chart.Reasons] }
            : chart);
    }

    private static ChartChoice? OfNumbers(JudgeRequest request, FittedChart chart)
    {
        if (!AreNumbers(request.Values))
            return null;

        if (chart.LinesFor(1).Model.Transform == Transform.Log)
        {
            foreach (var (index, _) in request.Values.Numbers.Index().Where(value => value.Item <= 0))
                request.Place.Faults.Add($"{request.Values.Place.Path}[{index}]", "must be above 0: the chart is drawn on the logarithm; transform none takes any number");
        }

        return new ChartChoice(chart, new PlottedSeries(request.Values.Numbers, []) { Contexts = request.Contexts });
    }

    private static ChartChoice? OfSubgroups(JudgeRequest request, BaselineChoice baseline, SeriesKind kind)
    {
        if (!AreSubgroups(request.Values, kind) | !AreSubgroups(baseline.Baseline, kind))
            return null;

        var (subgroups, learned) = (request.Values.Subgroups ?? [], baseline.Baseline.Subgroups!);
        var chart = SubgroupFit.Of(kind, learned, out var problem);
        if (chart is null)
        {
            baseline.Baseline.Place.Fault(problem);
            return null;
        }

        if (chart.IsOverdispersed && baseline.Kind is null
            && IndividualsFit.Of(SeriesKind.Individuals, PlottedSeries.OfMeans(learned).Values, [], new PhaseOneOptions(), out _) is { } wider)
        {
            return new ChartChoice(
                wider with { Reasons = [.. chart.Warnings, .. wider.Reasons] }, new PlottedSeries(PlottedSeries.OfMeans(subgroups).Values, []));
        }

        if (kind == SeriesKind.R && subgroups.Any(subgroup => subgroup.Size > chart.LargestSize))
            request.Values.Place.Fault($"has a subgroup of more than {chart.LargestSize} values, too many for their range: use the chart s");
        return Sized(request, chart, kind is SeriesKind.XbarR or SeriesKind.XbarS
            ? PlottedSeries.OfMeans(subgroups)
            : PlottedSeries.OfSpreads(subgroups, SubgroupFit.SpreadOf(kind)));
    }

    private static ChartChoice? Proportions(JudgeRequest request, BaselineChoice baseline, SeriesKind kind)
    {
        if (!HaveNumbers(request.Values, kind) | !HaveNumbers(baseline.Baseline, kind))
            return null;

        var (points, learned) = (CountObservations.Proportions(request.Values, JudgeWords.Of(kind)), CountObservations.Proportions(baseline.Baseline, JudgeWords.Of(kind)));
        if (request.Place.Faults.Any)
            return null;

        var printed = baseline.Transform == TransformChoice.None;
        var chart = CountFit.OfProportions(kind, learned, printed, out var problem);
        if (chart is { IsOverdispersed: true } && baseline.Kind is null)
            chart = CountFit.OfProportions(SeriesKind.PPrime, learned, printed, out problem);
        if (chart is null)
            baseline.Baseline.Place.Fault(problem);
        if (chart is null || kind != SeriesKind.Np)
            return chart is null ? null : Sized(request, chart, PlottedSeries.OfProportions(points));

        var size = learned.Max(subgroup => subgroup.Units);
        if (points.Any(subgroup => subgroup.Units != 0 && subgroup.Units != size))
            request.Values.SizesPlace!.Fault($"must be {size} like those of the baseline, or 0: use the chart p for different sizes");
        return new ChartChoice(chart, PlottedSeries.OfUnitCounts(points));
    }

    private static ChartChoice? Rates(JudgeRequest request, BaselineChoice baseline, SeriesKind kind)
    {
        if (!HaveNumbers(request.Values, kind) | !HaveNumbers(baseline.Baseline, kind))
            return null;

        var ofOneSize = kind == SeriesKind.C;
        var points = CountObservations.Rates(request.Values, JudgeWords.Of(kind), ofOneSize);
        var learned = CountObservations.Rates(baseline.Baseline, JudgeWords.Of(kind), ofOneSize);
        if (request.Place.Faults.Any)
            return null;

        var printed = baseline.Transform == TransformChoice.None;
        var chart = CountFit.OfRates(kind, learned, printed, out var problem);
        if (chart is { IsOverdispersed: true } && baseline.Kind is null)
            chart = CountFit.OfRates(SeriesKind.UPrime, learned, printed, out problem);
        if (chart is null)
            baseline.Baseline.Place.Fault(problem);
        return chart is null ? null : Sized(request, chart, PlottedSeries.OfRates(points));
    }

    private static ChartChoice? BetweenEvents(JudgeRequest request, BaselineChoice baseline, SeriesKind kind)
    {
        if (!HaveNumbers(request.Values, kind) | !HaveNumbers(baseline.Baseline, kind))
            return null;

        foreach (var observed in new[] { request.Values, baseline.Baseline })
        {
            if (kind == SeriesKind.G && !CountObservations.AreCounts(observed))
                return null;
            foreach (var (index, _) in observed.Numbers.Index().Where(gap => gap.Item < 0))
                request.Place.Faults.Add($"{observed.Place.Path}[{index}]", "must be a time between two events, 0 or more");
        }

        var gaps = Array.FindAll(baseline.Baseline.Numbers, double.IsFinite);
        var printed = baseline.Transform == TransformChoice.None;
        var chart = kind == SeriesKind.G
            ? RareEventFit.OfUnits(Array.ConvertAll(gaps, gap => (long)gap), printed, out var problem)
            : RareEventFit.OfTimes(gaps, printed, out problem);
        if (chart is null && !request.Place.Faults.Any)
            baseline.Baseline.Place.Fault(problem);
        return chart is null ? null : new ChartChoice(chart, new PlottedSeries(request.Values.Numbers, []));
    }

    private static ChartChoice Sized(JudgeRequest request, FittedChart chart, PlottedSeries series)
    {
        if (SeriesJudge.HasTooManySizes(series))
            request.Values.Place.Fault($"has points of more than {SeriesJudge.MostSizes} different sizes; round the sizes");
        if (series.Sizes.Any(size => size > chart.LargestSize))
            (request.Values.SizesPlace ?? request.Values.Place).Fault($"has a size beyond {chart.LargestSize:G6}, for which this baseline expects too many events in a point");
        return new ChartChoice(chart, series);
    }

    private static bool AreNumbers(Observations observed)
    {
        if (observed.Subgroups is not null)
            observed.Place.Fault("must be numbers: subgroups are for the charts xbar-r, xbar-s, r and s");
        observed.SizesPlace?.Fault("belongs to counts of a chart p, np, u, p-prime or u-prime");
        return observed is { Subgroups: null, SizesPlace: null };
    }

    private static bool HaveNumbers(Observations observed, SeriesKind kind)
    {
        if (observed.Subgroups is not null)
            observed.Place.Fault($"must be numbers for the chart {JudgeWords.Of(kind)}");
        return observed.Subgroups is null;
    }

    private static bool AreSubgroups(Observations observed, SeriesKind kind)
    {
        var isEmpty = observed is { Count: 0, Subgroups: null };
        if (observed.Subgroups is null && !isEmpty)
            observed.Place.Fault($"must be subgroups, arrays of numbers, for the chart {JudgeWords.Of(kind)}");
        observed.SizesPlace?.Fault("is how many values a subgroup has");
        return observed.Subgroups is not null || isEmpty;
    }
}

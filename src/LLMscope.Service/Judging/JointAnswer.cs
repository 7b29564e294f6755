using LLMscope.Spc.Judging;
using LLMscope.Spc.Multivariate;
using LLMscope.Spc.Rules;

namespace LLMscope.Service.Judging;

/// <summary>Judges rows of several characteristics, and puts what came out into the words of the API.</summary>
internal static class JointAnswer
{
    private const double UsualPoints = 10_000;

    /// <returns>Null where the faults say why not.</returns>
    public static JointResponse? To(JointRequest request, CancellationToken cancellation)
    {
        if (JointFit.Of(request.Baseline, request.Estimator, out var problem, out var column) is not { } baseline)
        {
            request.Place.Faults.Add(column is { } at ? $"{request.BaselinePlace.Path}[*][{at}]" : request.BaselinePlace.Path, problem);
            return null;
        }

        cancellation.ThrowIfCancellationRequested();
        var lambda = request.Kind == JointKind.T2 ? 1 : request.Lambda;
        var parameters = request.Limit is { } given
            ? new MewmaParameters(lambda, given)
            : JointFit.For(request.Kind, baseline, request.Points!.Value, lambda);
        cancellation.ThrowIfCancellationRequested();

        var (points, signals, contributions) = Judge(request, new MewmaChart(baseline, parameters), cancellation);
        return new JointResponse(
            new JointChart(
                request.Kind == JointKind.T2 ? "t2" : "mewma", baseline.Variables, baseline.Count, request.Estimator, request.Kind == JointKind.T2 ? null : lambda,
                baseline.Mean, [.. Enumerable.Range(0, baseline.Variables).Select(i => Math.Sqrt(baseline.Covariance[(i * baseline.Variables) + i]))],
                [WhyOf(request)], [.. WarningsOf(request, baseline)]),
            new JointLimits(parameters.Limit), Expected(request, baseline, parameters), points, signals)
        {
            Contributions = contributions,
        };
    }

    private static (double?[] Points, List<JointSignal> Signals, JointContribution[]?[]? All) Judge(
        JointRequest request, MewmaChart chart, CancellationToken cancellation)
    {
        var (rows, width) = (request.Values.GetLength(0), request.Values.GetLength(1));
        var points = new double?[rows];
        var signals = new List<JointSignal>();
        var all = request.Detail ? new JointContribution[]?[rows] : null;
        var row = new double[width];
        for (var index = 0; index < rows; index++)
        {
            if (index % 1_000 == 0)
                cancellation.ThrowIfCancellationRequested();
            if (request.Resets.Contains(index))
                chart.Break();
            for (var column = 0; column < width; column++)
                row[column] = request.Values[index, column];
            if (Array.Exists(row, double.IsNaN))
            {
                if (request.Missing == MissingPolicy.Break)
                    chart.Break();
                continue;
            }

            var point = chart.Step(row);
            points[index] = Known(point.T2);
            var contributions = point.IsSignal || all is not null ? ContributionsOf(chart, width) : null;
            if (all is not null)
                all[index] = contributions;
            if (point.IsSignal)
                signals.Add(new JointSignal(index, request.Kind == JointKind.T2 ? "T2" : "MEWMA", Known(point.T2), contributions!));
        }

        return (points, signals, all);
    }

    private static JointContribution[] ContributionsOf(MewmaChart chart, int width)
    {
        var (contributions, deviations) = (new double[width], new double[width]);
        chart.Contributions(contributions);
        chart.Deviations(deviations);
        return [.. Enumerable.Range(0, width).Select(i => new JointContribution(i, Known(contributions[i]), Known(deviations[i])))];
    }

    private static string WhyOf(JointRequest request) => (request.Kind, request.Limit, request.Budget) switch
    {
        (_, { }, _) => "The limit is the one that was given.",
        (JointKind.T2, _, { }) => "The limit is that of new points by the F distribution, for the false alarms of the budget.",
        (JointKind.T2, _, _) => $"The limit is that of new points by the F distribution, for one false alarm in {request.Points:0.#} points.",
        (_, _, { }) => "The limit has the average run length of the budget, as solved for independent normal points, widened for what the baseline leaves unknown.",
        _ => $"The limit has an average run length of {request.Points:0.#} points, as solved for independent normal points, widened for what the baseline leaves unknown.",
    };

    private static IEnumerable<string> WarningsOf(JointRequest request, MultivariateBaseline baseline)
    {
        if (JointFit.WarningOf(baseline, request.Kind == JointKind.T2 ? 1 : request.Lambda) is { } warning)
            yield return warning;
        var outlying = JointFit.Outlying(baseline, request.Baseline);
        if (outlying.Count > 0)
        {
            yield return $"{outlying.Count} {(outlying.Count == 1 ? "row" : "rows")} of the baseline {(outlying.Count == 1 ? "lies" : "lie")} far from the others "
                + $"(index {string.Join(", ", outlying.Take(10))}{(outlying.Count > 10 ? ", …" : "")}): if they were not good, leave them out.";
        }
    }

    private static ExpectedFalseAlarmsResponse Expected(JointRequest request, MultivariateBaseline baseline, MewmaParameters parameters)
    {
        var points = request.Budget?.Points ?? UsualPoints;
        var length = JointFit.MeanRunLength(baseline.Variables, parameters);
        return new ExpectedFalseAlarmsResponse(
            request.Budget?.Period, points, points / length, points * JointFit.FalseAlarmAtAPoint(baseline, parameters), Low: null, High: null, IsUpperBound: false,
            Known(length),
            request.Kind == JointKind.T2
                ? $"For independent normal points; average allows for limits from {baseline.Count} points."
                : "For independent normal points whose mean and covariance are exactly those of the baseline.");
    }

    private static double? Known(double number) => double.IsFinite(number) ? number : null;
}

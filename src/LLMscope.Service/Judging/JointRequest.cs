using System.Text.Json;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Multivariate;
using LLMscope.Spc.Rules;

namespace LLMscope.Service.Judging;

/// <summary>A request to judge several characteristics together, by Hotelling's T2 or a MEWMA: rows of numbers, and rows that were good.</summary>
/// <param name="Values">A row each, a column for each characteristic; not a number where missing.</param>
/// <param name="Points">The average run length that is asked for; null where <paramref name="Limit"/> is given.</param>
/// <param name="Limit">The upper limit of T2 that was given.</param>
internal sealed record JointRequest(
    JsonPlace Place, JointKind Kind, double[,] Values, JsonPlace BaselinePlace, double[,] Baseline, MissingPolicy Missing, IReadOnlySet<int> Resets,
    CovarianceEstimator Estimator, double Lambda, double? Points, double? Limit, BudgetChoice? Budget, bool Detail)
{
    private const double FewestPoints = 3;
    private const double MostPoints = 1e10;
    private const double LeastLambda = 0.02;

    /// <summary>What other charts take and these do not.</summary>
    private static readonly (string Name, string Why)[] NotHere =
    [
        ("sizes", "is not for rows of characteristics"), ("baselineSizes", "is not for rows of characteristics"),
        ("covariates", "is not for rows of characteristics"), ("rules", "has no meaning here: several characteristics have one upper limit"),
    ];

    /// <summary>Whether the body asks for a joint chart; whatever else may be wrong with it.</summary>
    public static bool IsAskedFor(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("limits", out var limits) && limits.ValueKind == JsonValueKind.Object
        && limits.TryGetProperty("chart", out var chart) && chart.ValueKind == JsonValueKind.String && JudgeWords.JointKinds.ContainsKey(chart.GetString()!);

    /// <returns>Null where the faults say why not.</returns>
    public static JointRequest? Read(JsonPlace body)
    {
        if (body.Members(["values", "missing", "resets", "limits", "detail", .. NotHere.Select(other => other.Name)]) is not { } members
            || members["limits"].Members("chart", "baseline", "covariance", "lambda", "alpha", "h4", "budget") is not { } limits)
        {
            return null;
        }

        foreach (var (name, why) in NotHere.Where(other => members.ContainsKey(other.Name)))
            members[name].Fault(why);

        var kind = limits["chart"].Choice(JudgeWords.JointKinds);
        var baseline = RowsOf(members["limits"], "baseline", limits, columns: null);
        var values = RowsOf(body, "values", members, baseline?.GetLength(1));
        var missing = members.GetValueOrDefault("missing")?.Choice(JudgeWords.Missing) ?? MissingPolicy.Skip;
        var resets = JudgeRequest.ResetsOf(members.GetValueOrDefault("resets"), values?.GetLength(0) ?? 0);
        var estimator = limits.GetValueOrDefault("covariance")?.Choice(JudgeWords.Covariances) ?? CovarianceEstimator.Sample;
        var detail = members.GetValueOrDefault("detail")?.Truth() ?? false;
        var lambda = LambdaOf(limits, kind);
        var (budget, points, limit) = LimitOf(limits, kind);
        return body.Faults.Any || values is null || baseline is null ? null
            : new JointRequest(body, kind, values, limits["baseline"], baseline, missing, resets, estimator, lambda, points, limit, budget, detail);
    }

    private static double LambdaOf(IReadOnlyDictionary<string, JsonPlace> limits, JointKind kind)
    {
        if (!limits.TryGetValue("lambda", out var lambda))
            return JointFit.UsualLambda;
        if (kind == JointKind.T2)
            lambda.Fault("is the weight of a moving average: use the chart mewma");
        return lambda.Number(weight => weight is >= LeastLambda and <= 1, $"a number from {LeastLambda} to 1") ?? JointFit.UsualLambda;
    }

    // At most one of a budget, the probability of a false alarm at a point of T2, and the limit of a MEWMA.
    private static (BudgetChoice? Budget, double? Points, double? Limit) LimitOf(IReadOnlyDictionary<string, JsonPlace> limits, JointKind kind)
    {
        var budget = limits.TryGetValue("budget", out var allowed) ? BudgetChoice.Read(allowed) : null;
        var own = kind == JointKind.T2 ? "alpha" : "h4";
        var other = kind == JointKind.T2 ? "h4" : "alpha";
        if (limits.TryGetValue(other, out var foreign))
            foreign.Fault($"belongs to the other joint chart; this one takes {own}, or a budget");
        if (!limits.TryGetValue(own, out var number))
            return (budget, budget is { IsClassic: false } ? budget.Budget.PointsBetweenAlarms(budget.IntervalSeconds) : JointFit.ClassicPoints, null);

        if (allowed is not null)
            number.Fault("is what the budget decides; leave one of them out");
        return kind == JointKind.T2
            ? (null, 1 / number.Number(alpha => alpha is >= 1 / MostPoints and <= 1 / FewestPoints, $"the probability of a false alarm at a point, from {1 / MostPoints} to 1 / {FewestPoints}"), null)
            : (null, null, number.Number(limit => limit is > 0 and <= 1_000, "a number above 0, at most 1000"));
    }

    private static double[,]? RowsOf(JsonPlace place, string name, IReadOnlyDictionary<string, JsonPlace> members, int? columns)
    {
        if (members.TryGetValue(name, out var rows))
            return JointRows.Read(rows, columns);

        place.Faults.Add($"{place.Path}.{name}", "is missing");
        return null;
    }
}

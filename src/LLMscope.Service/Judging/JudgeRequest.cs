using LLMscope.Spc.Baselines;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Rules;

namespace LLMscope.Service.Judging;

/// <summary>A request to judge a series, as it was read: each part is what it must be; whether they fit each other is not yet known.</summary>
internal sealed record JudgeRequest(
    JsonPlace Place, Observations Values, MissingPolicy Missing, IReadOnlySet<int> Resets, RuleChoice Rules, LimitsChoice Limits, BudgetChoice? Budget, bool Detail)
{
    public PointContext[] Contexts { get; init; } = [];

    public PointContext[] BaselineContexts { get; init; } = [];

    /// <returns>Null where the faults say why not.</returns>
    public static JudgeRequest? Read(JsonPlace body)
    {
        if (body.Members("values", "sizes", "missing", "resets", "rules", "limits", "covariates", "baselineSizes", "detail") is not { } members)
            return null;

        var values = members.TryGetValue("values", out var sent) ? Observations.Read(sent).WithSizes(members.GetValueOrDefault("sizes")) : null;
        if (values is null)
            body.Faults.Add($"{body.Path}.values", "is missing");
        var missing = members.GetValueOrDefault("missing")?.Choice(JudgeWords.Missing) ?? MissingPolicy.Skip;
        var resets = ResetsOf(members.GetValueOrDefault("resets"), values?.Count ?? 0);
        var rules = RuleReader.Read(members.GetValueOrDefault("rules"));
        var detail = members.GetValueOrDefault("detail")?.Truth() ?? false;
        LimitsChoice? limits = null;
        BudgetChoice? budget = null;
        if (members.TryGetValue("limits", out var place))
            (limits, budget) = LimitsReader.Read(place, members.GetValueOrDefault("baselineSizes"));
        else
            body.Faults.Add($"{body.Path}.limits", "is missing");

        if (budget is { IsClassic: false })
        {
            foreach (var number in rules.Numbers)
                number.Fault("is what the budget decides; leave one of them out");
        }

        if (values is null || limits is null)
            return null;

        var request = new JudgeRequest(body, values, missing, resets, rules, limits, budget, detail);
        request = request.WithCovariates(members.GetValueOrDefault("covariates"));
        return body.Faults.Any ? null : request;
    }

    private JudgeRequest WithCovariates(JsonPlace? covariates)
    {
        if (Limits is not BaselineChoice baseline)
        {
            covariates?.Fault("lets a baseline tell what tokens do to its values, and there is none");
            return this;
        }

        var (points, learned) = (Values.Count, baseline.Baseline.Count);
        var ofBaseline = Covariates.Read(baseline.Covariates, learned);
        var all = ofBaseline.Place is null
            ? Covariates.Read(covariates, points + learned)
            : Covariates.Read(covariates, points);
        if (baseline.Predictor == PredictorChoice.Tokens && all.Place is null)
            baseline.PredictorPlace!.Fault("needs covariates: inputTokens and outputTokens of the baseline and of the values");
        if (ofBaseline.Place is not null && all.Place is null)
            baseline.Covariates!.Fault("stands alone: the values need covariates too");
        return ofBaseline.Place is null
            ? this with { BaselineContexts = all.Points[..Math.Min(learned, all.Points.Length)], Contexts = all.Points[Math.Min(learned, all.Points.Length)..] }
            : this with { BaselineContexts = ofBaseline.Points, Contexts = all.Points };
    }

    /// <summary>The indices of <c>resets</c>, each checked.</summary>
    internal static HashSet<int> ResetsOf(JsonPlace? place, int points)
    {
        var resets = new HashSet<int>();
        if (place is null)
            return resets;

        foreach (var (index, item) in place.Numbers(Observations.MostPoints, mayMiss: false, _ => true, "a whole number").Index())
        {
            if (item >= 0 && item < points && item == Math.Floor(item))
                resets.Add((int)item);
            else if (!double.IsNaN(item))
                place.Faults.Add($"{place.Path}[{index}]", $"must be the index of a value, {(points == 0 ? "of which there are none" : $"from 0 to {points - 1}")}");
        }

        return resets;
    }
}

using System.Text.Json;
using LLMscope.Spc;

namespace LLMscope.Service.Judging;

/// <summary>Reads where the limits of a request come from: exactly one of centre and sigma, seven zone lines, or a baseline.</summary>
internal static class LimitsReader
{
    private static readonly string[] OfBaseline = ["chart", "transform", "predictor", "covariates", "baselineSizes"];

    /// <param name="topSizes">The sizes of the baseline where they stand beside those of the values.</param>
    public static (LimitsChoice? Limits, BudgetChoice? Budget) Read(JsonPlace place, JsonPlace? topSizes)
    {
        if (place.Members(["centre", "sigma", "zones", "baseline", "budget", .. OfBaseline]) is not { } members)
            return (null, null);

        var budget = members.TryGetValue("budget", out var allowed) ? BudgetChoice.Read(allowed) : null;
        var forms = (members.ContainsKey("centre") || members.ContainsKey("sigma") ? 1 : 0)
            + (members.ContainsKey("zones") ? 1 : 0) + (members.ContainsKey("baseline") ? 1 : 0);
        if (forms != 1)
        {
            place.Fault("must have centre and sigma, or zones, or a baseline, and only one of them");
            return (null, budget);
        }

        if (members.TryGetValue("baseline", out var baseline))
            return (Baseline(place, baseline, members, topSizes), budget);

        foreach (var name in OfBaseline.Where(members.ContainsKey))
            members[name].Fault("says how limits are made from a baseline, and there is none");
        topSizes?.Fault("belongs to a baseline, and there is none");
        return (members.TryGetValue("zones", out var zones) ? Zones(zones) : Sigma(place, members), budget);
    }

    private static GivenSigma? Sigma(JsonPlace place, IReadOnlyDictionary<string, JsonPlace> members)
    {
        var centre = Required("centre")?.Number(_ => true, "a finite number");
        var sigma = Required("sigma")?.Number(sigma => sigma > 0, "a finite number above 0");
        return centre is { } line && sigma is { } spread ? new GivenSigma(place, line, spread) : null;

        JsonPlace? Required(string name)
        {
            if (members.TryGetValue(name, out var member))
                return member;

            place.Faults.Add($"{place.Path}.{name}", "is missing");
            return null;
        }
    }

    private static GivenZones? Zones(JsonPlace place)
    {
        if (place.Element.ValueKind != JsonValueKind.Array || place.Element.GetArrayLength() != 7)
        {
            place.Fault("must be the seven lines L3, L2, L1, CL, U1, U2, U3");
            return null;
        }

        var lines = place.Numbers(7, mayMiss: false, _ => true, "a finite number");
        if (Array.Exists(lines, double.IsNaN))
            return null;

        var falls = Enumerable.Range(1, 6).Where(line => lines[line] < lines[line - 1]).ToArray();
        foreach (var line in falls)
            place.Faults.Add($"{place.Path}[{line}]", $"must not be below the line before it, {lines[line - 1]:R}");
        return falls.Length > 0 ? null
            : new GivenZones(place, new ZoneLimits(lines[0], lines[1], lines[2], lines[3], lines[4], lines[5], lines[6]));
    }

    private static BaselineChoice Baseline(
        JsonPlace place, JsonPlace baseline, IReadOnlyDictionary<string, JsonPlace> members, JsonPlace? topSizes)
    {
        var sizes = members.GetValueOrDefault("baselineSizes");
        if (sizes is not null)
            topSizes?.Fault("is given twice: here and in limits");
        var (kind, transform, predictor) = (members.GetValueOrDefault("chart"), members.GetValueOrDefault("transform"), members.GetValueOrDefault("predictor"));
        return new BaselineChoice(
            place, Observations.Read(baseline).WithSizes(sizes ?? topSizes), kind, kind?.Choice(JudgeWords.Kinds, others: JudgeWords.JointKinds.Keys), transform,
            transform?.Choice(JudgeWords.Transforms) ?? default, predictor, predictor?.Choice(JudgeWords.Predictors) ?? default,
            members.GetValueOrDefault("covariates"));
    }
}

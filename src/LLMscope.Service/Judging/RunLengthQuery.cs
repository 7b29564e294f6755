using System.Globalization;
using LLMscope.Spc.Cusum;
using LLMscope.Spc.Ewma;
using LLMscope.Spc.Rules;
using Microsoft.AspNetCore.Mvc;

namespace LLMscope.Service.Judging;

/// <summary>Which rules with which numbers a run length is asked for, as it stands in a URL.</summary>
public sealed record RunLengthQuery(
    [property: FromQuery(Name = "rules")] string? Rules,
    [property: FromQuery(Name = "shift")] string? Shift,
    [property: FromQuery(Name = "sigmaRatio")] string? SigmaRatio,
    [property: FromQuery(Name = "k1")] string? K1,
    [property: FromQuery(Name = "n2")] string? N2,
    [property: FromQuery(Name = "n3")] string? N3,
    [property: FromQuery(Name = "n4")] string? N4,
    [property: FromQuery(Name = "k5")] string? K5,
    [property: FromQuery(Name = "k6")] string? K6,
    [property: FromQuery(Name = "k7")] string? K7,
    [property: FromQuery(Name = "n7")] string? N7,
    [property: FromQuery(Name = "k8")] string? K8,
    [property: FromQuery(Name = "n8")] string? N8,
    [property: FromQuery(Name = "cusumK")] string? CusumK,
    [property: FromQuery(Name = "cusumH")] string? CusumH,
    [property: FromQuery(Name = "cusumFir")] string? CusumFir,
    [property: FromQuery(Name = "ewmaLambda")] string? EwmaLambda,
    [property: FromQuery(Name = "ewmaL")] string? EwmaL,
    [property: FromQuery(Name = "ewmaLimits")] string? EwmaLimits)
{
    /// <summary>The names of all parameters; a request with another is wrong.</summary>
    internal static IReadOnlySet<string> Names { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "rules", "shift", "sigmaRatio", "k1", "n2", "n3", "n4", "k5", "k6", "k7", "n7", "k8", "n8", "cusumK", "cusumH", "cusumFir", "ewmaLambda", "ewmaL", "ewmaLimits",
    };

    /// <returns>Null where the faults say why not.</returns>
    internal RunLengthQuestion? Read(RequestFaults faults)
    {
        var rules = RulesOf(faults);
        var shift = Number("shift", Shift, 0, -10, 10, faults);
        var ratio = Number("sigmaRatio", SigmaRatio, 1, 0.1, 10, faults);
        var usual = RuleParameters.Default;
        var parameters = new RuleParameters
        {
            K1 = Width("k1", K1, usual.K1, faults),
            N2 = Length("n2", N2, usual.N2, 2, faults),
            N3 = Length("n3", N3, usual.N3, 2, faults),
            N4 = Length("n4", N4, usual.N4, 3, faults),
            K5 = Width("k5", K5, usual.K5, faults),
            K6 = Width("k6", K6, usual.K6, faults),
            K7 = Width("k7", K7, usual.K7, faults),
            N7 = Length("n7", N7, usual.N7, 2, faults),
            K8 = Width("k8", K8, usual.K8, faults),
            N8 = Length("n8", N8, usual.N8, 2, faults),
        };
        var (k, h) = (Number("cusumK", CusumK, 0.5, 0, 5, faults), Number("cusumH", CusumH, 5, 0.01, 50, faults));
        var fir = Number("cusumFir", CusumFir, 0, 0, Math.Min(h, (h / 2) + k), faults);
        var (lambda, l) = (Number("ewmaLambda", EwmaLambda, 0.1, 0.02, 1, faults), Number("ewmaL", EwmaL, 3, 0.1, 10, faults));
        var limits = Spc.Ewma.EwmaLimits.Exact;
        if (EwmaLimits is not null && !JudgeWords.EwmaLimits.TryGetValue(EwmaLimits, out limits))
            faults.Add("ewmaLimits", "must be exact or fixed");
        return faults.Any ? null : new RunLengthQuestion(rules, parameters, new CusumParameters(k, h, fir), new EwmaParameters(lambda, l, limits), shift, ratio);
    }

    private RuleSet RulesOf(RequestFaults faults)
    {
        const string Possible = "R1 to R8 in any mixture, CUSUM, EWMA, or R1 with CUSUM, separated by commas";
        var rules = RuleSet.None;
        foreach (var name in Rules?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            if (RuleReader.Find(name) is { } rule)
                rules |= rule;
            else
                faults.Add("rules", $"has '{name}', which is not a rule; possible are {Possible}");
        }

        var sums = rules & RuleSets.Detectors;
        if (rules == RuleSet.None && !faults.Any)
            faults.Add("rules", $"must name what is judged: {Possible}");
        else if (rules.HasFlag(RuleSet.Level) || sums.Count() > 1 || (sums == RuleSet.Ewma && rules != sums) || (sums == RuleSet.Cusum && (rules & ~RuleSet.R1) != sums))
            faults.Add("rules", $"is a mixture whose run length is not known exactly; possible are {Possible}");
        return rules;
    }

    private static double Width(string name, string? text, double usual, RequestFaults faults) => Number(name, text, usual, 0.01, 20, faults);

    private static double Number(string name, string? text, double usual, double least, double most, RequestFaults faults)
    {
        if (text is null)
            return usual;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;

        faults.Add(name, FormattableString.Invariant($"must be a number from {least} to {most}"));
        return usual;
    }

    private static int Length(string name, string? text, int usual, int least, RequestFaults faults)
    {
        if (text is null)
            return usual;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= RuleParameters.MostPoints)
            return number;

        faults.Add(name, $"must be a whole number from {least} to {RuleParameters.MostPoints}");
        return usual;
    }
}

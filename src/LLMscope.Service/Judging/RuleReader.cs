using System.Text.Json;
using LLMscope.Spc.Ewma;
using LLMscope.Spc.Rules;

namespace LLMscope.Service.Judging;

/// <summary>Reads the rules of a request: a list of names, or an object of names with numbers.</summary>
internal sealed class RuleReader
{
    private const double LargestWidth = 100;

    private static readonly Dictionary<string, RuleSet> Names =
        RuleSets.Every.Each().ToDictionary(RuleText.Name, rule => rule, StringComparer.OrdinalIgnoreCase);

    private readonly List<JsonPlace> _numbers = [];
    private RuleChoice _choice = new(Judged: null);

    public static RuleChoice Read(JsonPlace? rules)
    {
        var reader = new RuleReader();
        if (rules?.Element.ValueKind == JsonValueKind.Array)
            reader.ReadList(rules);
        else if (rules?.Element.ValueKind == JsonValueKind.Object)
            reader.ReadObject(rules);
        else
            rules?.Fault($"must be a list of {string.Join(", ", Names.Keys)}, or an object with such members and their numbers");
        return reader._choice with { Numbers = reader._numbers };
    }

    /// <returns>Null, with nothing said, where it is no rule.</returns>
    public static RuleSet? Find(string name) => Names.TryGetValue(name, out var rule) ? rule : null;

    private void ReadList(JsonPlace rules)
    {
        var judged = RuleSet.None;
        foreach (var item in rules.Items(100, "a list of rules"))
        {
            if (item.Element.ValueKind == JsonValueKind.String && Names.TryGetValue(item.Element.GetString()!, out var rule))
                judged |= rule;
            else
                item.Fault($"must be one of {string.Join(", ", Names.Keys)}");
        }

        Take(judged, rules);
    }

    private void ReadObject(JsonPlace rules)
    {
        var judged = RuleSet.None;
        foreach (var member in rules.Element.EnumerateObject())
        {
            var place = new JsonPlace(member.Value, $"{rules.Path}.{member.Name}", rules.Faults);
            if (!Names.TryGetValue(member.Name, out var rule))
            {
                place.Fault($"is not a rule; the rules are {string.Join(", ", Names.Keys)}");
                continue;
            }

            if (member.Value.ValueKind == JsonValueKind.Null)
                continue;
            if ((judged & rule) != RuleSet.None)
                place.Fault("is named twice");
            judged |= rule;
            if (member.Value.ValueKind != JsonValueKind.True)
                ReadNumbers(rule, place);
        }

        Take(judged, rules);
    }

    private void Take(RuleSet judged, JsonPlace rules)
    {
        if (judged == RuleSet.None && !rules.Faults.Any)
            rules.Fault("names no rule; leave it out for the usual ones");
        _choice = _choice with { Judged = judged };
    }

    private void ReadNumbers(RuleSet rule, JsonPlace place)
    {
        var p = _choice.Parameters;
        switch (rule)
        {
            case RuleSet.R1:
                Set(place, "k", k => p with { K1 = k });
                break;
            case RuleSet.R2:
                Set(place, "n", 2, n => p with { N2 = n });
                break;
            case RuleSet.R3:
                Set(place, "n", 2, n => p with { N3 = n });
                break;
            case RuleSet.R4:
                Set(place, "n", 3, n => p with { N4 = n });
                break;
            case RuleSet.R5:
                Set(place, "k", k => p with { K5 = k });
                break;
            case RuleSet.R6:
                Set(place, "k", k => p with { K6 = k });
                break;
            case RuleSet.R7:
                SetBoth(place, p.K7, p.N7, (k, n) => p with { K7 = k, N7 = n });
                break;
            case RuleSet.R8:
                SetBoth(place, p.K8, p.N8, (k, n) => p with { K8 = k, N8 = n });
                break;
            case RuleSet.Cusum:
                ReadCusum(place);
                break;
            case RuleSet.Ewma:
                ReadEwma(place);
                break;
            default:
                if (place.Members("points") is { } level && level.TryGetValue("points", out var points))
                    _choice = _choice with { LevelPoints = points.Whole(1, 100_000) ?? _choice.LevelPoints };
                break;
        }
    }

    private void Set(JsonPlace place, string name, Func<double, RuleParameters> with)
    {
        if (place.Members(name) is { } members && Width(members) is { } k)
            _choice = _choice with { Parameters = with(k) };
    }

    private void Set(JsonPlace place, string name, int least, Func<int, RuleParameters> with)
    {
        if (place.Members(name) is { } members && Length(members, least) is { } n)
            _choice = _choice with { Parameters = with(n) };
    }

    private void SetBoth(JsonPlace place, double k, int n, Func<double, int, RuleParameters> with)
    {
        if (place.Members("n", "k") is { } members)
            _choice = _choice with { Parameters = with(Width(members) ?? k, Length(members, 2) ?? n) };
    }

    private double? Width(IReadOnlyDictionary<string, JsonPlace> members)
        => Decided(members, "k")?.Number(k => k is > 0 and <= LargestWidth, $"a number of standard deviations above 0, at most {LargestWidth}");

    private int? Length(IReadOnlyDictionary<string, JsonPlace> members, int least)
        => Decided(members, "n")?.Whole(least, RuleParameters.MostPoints);

    private void ReadCusum(JsonPlace place)
    {
        if (place.Members("k", "h", "fir") is not { } members)
            return;

        var k = members.GetValueOrDefault("k")?.Number(k => k is >= 0 and <= LargestWidth, $"a number from 0 to {LargestWidth}") ?? _choice.CusumK;
        var h = Decided(members, "h")?.Number(h => h is > 0 and <= 1_000, "a number above 0, at most 1000") ?? _choice.CusumH;
        var fir = members.GetValueOrDefault("fir")?.Number(
            start => start >= 0 && start <= (h / 2) + k && start <= h, $"the head start of the sums, a number from 0 to h / 2 + k = {(h / 2) + k:0.####} and at most h") ?? 0;
        if (members.TryGetValue("fir", out var headStart))
            _numbers.Add(headStart);
        _choice = _choice with { CusumK = k, CusumH = h, CusumHeadStart = fir };
    }

    private void ReadEwma(JsonPlace place)
    {
        if (place.Members("lambda", "l", "limits") is not { } members)
            return;

        _choice = _choice with
        {
            EwmaLambda = members.GetValueOrDefault("lambda")?.Number(lambda => lambda is > 0 and <= 1, "a number above 0, at most 1") ?? _choice.EwmaLambda,
            EwmaL = Decided(members, "l")?.Number(l => l is > 0 and <= LargestWidth, $"a number above 0, at most {LargestWidth}") ?? _choice.EwmaL,
            EwmaLimits = members.GetValueOrDefault("limits")?.Choice(JudgeWords.EwmaLimits) ?? EwmaLimits.Exact,
        };
        if (members.TryGetValue("limits", out var limits))
            _numbers.Add(limits);
    }

    private JsonPlace? Decided(IReadOnlyDictionary<string, JsonPlace> members, string name)
    {
        if (!members.TryGetValue(name, out var number))
            return null;

        _numbers.Add(number);
        return number;
    }
}

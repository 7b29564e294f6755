using LLMscope.Service.Judging;
using LLMscope.Spc.Attributes;
using LLMscope.Spc.Comparison;

namespace LLMscope.Service.Comparing;

/// <summary>A request to compare two samples, as it was read.</summary>
internal sealed record CompareRequest(double[] Before, double[] After, ProportionSubgroup? ErrorsBefore, ProportionSubgroup? ErrorsAfter, ComparisonOptions Options)
{
    private static readonly ComparisonOptions Usual = new();

    /// <returns>Null where the faults say why not.</returns>
    public static CompareRequest? Read(JsonPlace body)
    {
        if (body.Members("before", "after", "errorsBefore", "errorsAfter", "tailQuantile", "minimumChange", "minimumErrorChange", "confidence") is not { } members)
            return null;

        var (before, after) = (Values("before"), Values("after"));
        var (errorsBefore, errorsAfter) = (Calls("errorsBefore"), Calls("errorsAfter"));
        if (members.ContainsKey("errorsBefore") != members.ContainsKey("errorsAfter"))
            members[members.ContainsKey("errorsBefore") ? "errorsBefore" : "errorsAfter"].Fault("stands alone: errors are compared where both sides are known");
        var options = new ComparisonOptions
        {
            TailQuantile = Share("tailQuantile", Usual.TailQuantile),
            MinimumChange = Number("minimumChange", Usual.MinimumChange),
            MinimumErrorChange = Number("minimumErrorChange", Usual.MinimumErrorChange),
            Bootstrap = new BootstrapOptions { Confidence = Share("confidence", Usual.Bootstrap.Confidence) },
        };
        return body.Faults.Any ? null : new CompareRequest(before, after, errorsBefore, errorsAfter, options);

        double[] Values(string name)
        {
            if (members.TryGetValue(name, out var place))
                return place.Numbers(Observations.MostPoints, mayMiss: true, _ => true, "a finite number");

            body.Faults.Add($"{body.Path}.{name}", "is missing");
            return [];
        }

        double Share(string name, double usual)
            => members.GetValueOrDefault(name)?.Number(share => share is >= 0.001 and <= 0.999, "a number from 0.001 to 0.999") ?? usual;

        double Number(string name, double usual)
            => members.GetValueOrDefault(name)?.Number(change => change is >= 0 and <= 100, "a number from 0 to 100") ?? usual;

        ProportionSubgroup? Calls(string name)
        {
            if (members.GetValueOrDefault(name)?.Members("calls", "errors") is not { } counts)
                return null;

            var calls = Count(counts, name, "calls", 1_000_000_000);
            var errors = Count(counts, name, "errors", calls ?? 1_000_000_000);
            return calls is { } units && errors is { } events ? new ProportionSubgroup(units, events) : null;
        }

        int? Count(IReadOnlyDictionary<string, JsonPlace> counts, string parent, string name, int most)
        {
            if (counts.TryGetValue(name, out var place))
                return place.Whole(0, most);

            body.Faults.Add($"{body.Path}.{parent}.{name}", "is missing");
            return null;
        }
    }
}

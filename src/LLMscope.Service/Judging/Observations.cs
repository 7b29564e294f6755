using System.Text.Json;
using LLMscope.Spc.Subgroups;

namespace LLMscope.Service.Judging;

/// <summary>Values as they were sent: numbers with or without sizes, or subgroups of numbers.</summary>
/// <param name="Numbers">Not a number where missing; empty for subgroups.</param>
/// <param name="Subgroups">Null where numbers were sent.</param>
internal sealed record Observations(JsonPlace Place, double[] Numbers, IReadOnlyList<Subgroup>? Subgroups)
{
    /// <summary>The most points of a series and of a baseline.</summary>
    public const int MostPoints = 200_000;

    /// <summary>The most numbers in all subgroups together.</summary>
    public const int MostNumbers = 1_000_000;

    public int Count => Subgroups?.Count ?? Numbers.Length;

    /// <summary>Null where no sizes were sent.</summary>
    public double[]? Sizes { get; init; }

    public JsonPlace? SizesPlace { get; init; }

    public static Observations Read(JsonPlace place)
    {
        var isOfArrays = place.Element.ValueKind == JsonValueKind.Array && place.Element.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Array);
        return isOfArrays
            ? new Observations(place, [], SubgroupsOf(place))
            : new Observations(place, place.Numbers(MostPoints, mayMiss: true, _ => true, "a finite number"), null);
    }

    /// <summary>The same with the sizes of its points: an array of as many, or one number for all.</summary>
    public Observations WithSizes(JsonPlace? sizes)
    {
        const string Allowed = "a number from 0 to 1e9";
        if (sizes is null)
            return this;
        if (sizes.Element.ValueKind == JsonValueKind.Number)
            return this with { Sizes = sizes.Number(IsSize, Allowed) is { } size ? [.. Enumerable.Repeat(size, Count)] : [], SizesPlace = sizes };

        var read = sizes.Numbers(MostPoints, mayMiss: true, IsSize, Allowed);
        if (read.Length != Count && sizes.Element.ValueKind == JsonValueKind.Array)
            sizes.Fault($"has {read.Length} elements where {Place.Path} has {Count}");
        return this with { Sizes = read, SizesPlace = sizes };

        static bool IsSize(double size) => size is >= 0 and <= 1e9;
    }

    private static List<Subgroup> SubgroupsOf(JsonPlace place)
    {
        var subgroups = new List<Subgroup>();
        var numbers = 0;
        foreach (var item in place.Items(MostPoints, "an array of subgroups"))
        {
            if (item.Element.ValueKind == JsonValueKind.Null)
            {
                subgroups.Add(Subgroup.Of());
                continue;
            }

            var left = MostNumbers - numbers;
            if (item.Element.ValueKind == JsonValueKind.Array && item.Element.GetArrayLength() > left)
            {
                place.Fault($"has more than {MostNumbers} numbers in its subgroups");
                return [];
            }

            var values = item.Numbers(left, mayMiss: true, _ => true, "a finite number");
            numbers += values.Length;
            subgroups.Add(Subgroup.Of([.. values.Where(double.IsFinite)]));
        }

        return subgroups;
    }
}

using System.Text.Json;

namespace LLMscope.Service.Judging;

/// <summary>A value in a request body together with where it stands. Whatever is not as asked for is added to the faults with its path.</summary>
internal sealed record JsonPlace(JsonElement Element, string Path, RequestFaults Faults)
{
    public void Fault(string message) => Faults.Add(Path, message);

    /// <summary>The members that are there; null counts as left out, and an unknown name is a fault.</summary>
    /// <returns>Null where this is no object.</returns>
    public IReadOnlyDictionary<string, JsonPlace>? Members(params string[] known)
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            Fault($"must be an object with the members {string.Join(", ", known)}");
            return null;
        }

        var members = new Dictionary<string, JsonPlace>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in Element.EnumerateObject())
        {
            var place = new JsonPlace(member.Value, $"{Path}.{member.Name}", Faults);
            if (!known.Contains(member.Name, StringComparer.Ordinal))
                place.Fault($"is not known here; known are {string.Join(", ", known)}");
            else if (member.Value.ValueKind != JsonValueKind.Null)
                members[member.Name] = place;
        }

        return members;
    }

    /// <param name="what">What is allowed, such as <c>a number above 0</c>.</param>
    public double? Number(Func<double, bool> allows, string what)
    {
        if (Element.ValueKind == JsonValueKind.Number && Element.TryGetDouble(out var number) && double.IsFinite(number) && allows(number))
            return number;

        Fault($"must be {what}");
        return null;
    }

    public int? Whole(int least, int most)
    {
        if (Element.ValueKind == JsonValueKind.Number && Element.TryGetInt32(out var number) && number >= least && number <= most)
            return number;

        Fault(least == most ? $"must be {least}" : $"must be a whole number from {least} to {most}");
        return null;
    }

    public bool? Truth()
    {
        if (Element.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return Element.GetBoolean();

        Fault("must be true or false");
        return null;
    }

    /// <param name="others">Names that are read elsewhere, for the message.</param>
    /// <returns>The choice with this name, or the default with a fault.</returns>
    public T Choice<T>(IReadOnlyDictionary<string, T> choices, IEnumerable<string>? others = null)
    {
        if (Element.ValueKind == JsonValueKind.String && choices.TryGetValue(Element.GetString()!, out var choice))
            return choice;

        Fault($"must be one of {string.Join(", ", choices.Keys.Concat(others ?? []))}");
        return default!;
    }

    /// <summary>The elements of an array; an empty sequence with a fault where this is none or it has too many.</summary>
    public IReadOnlyList<JsonPlace> Items(int most, string what) => [.. ItemsOf(most, what).Select(item => new JsonPlace(item.Item, $"{Path}[{item.Index}]", Faults))];

    /// <summary>Numbers; a missing one, null, is not a number.</summary>
    public double[] Numbers(int most, bool mayMiss, Func<double, bool> allows, string what)
    {
        var items = ItemsOf(most, $"an array of {what}{(mayMiss ? " or null" : "")}");
        var numbers = new double[items.Count];
        foreach (var (index, item) in items)
        {
            numbers[index] = double.NaN;
            if (item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out var number) && double.IsFinite(number) && allows(number))
                numbers[index] = number;
            else if (!(mayMiss && item.ValueKind == JsonValueKind.Null))
                Faults.Add($"{Path}[{index}]", $"must be {what}{(mayMiss ? " or null" : "")}");
        }

        return numbers;
    }

    private IReadOnlyCollection<(int Index, JsonElement Item)> ItemsOf(int most, string what)
    {
        if (Element.ValueKind != JsonValueKind.Array)
        {
            Fault($"must be {what}");
            return [];
        }

        if (Element.GetArrayLength() <= most)
            return [.. Element.EnumerateArray().Select((item, index) => (index, item))];

        Fault($"has {Element.GetArrayLength()} elements; {most} are allowed");
        return [];
    }
}

using LLMscope.Spc.Prediction;

namespace LLMscope.Service.Judging;

/// <summary>What a request tells of its points beside their values: the tokens of each call, null where unknown.</summary>
/// <param name="Place">Null where nothing was sent.</param>
internal sealed record Covariates(JsonPlace? Place, PointContext[] Points)
{
    private static readonly string[] Names = ["inputTokens", "outputTokens", "cachedTokens"];

    public static Covariates None { get; } = new(null, []);

    /// <param name="counts">How many elements each array may have.</param>
    public static Covariates Read(JsonPlace? place, params int[] counts)
    {
        if (place?.Members(Names) is not { Count: > 0 } members)
            return None;

        var columns = Names.Select(name => members.TryGetValue(name, out var column)
            ? column.Numbers(2 * Observations.MostPoints, mayMiss: true, tokens => tokens is >= 0 and <= 1e12, "a number of tokens, 0 or more")
            : []).ToArray();
        foreach (var (column, name) in columns.Zip(Names).Where(column => members.ContainsKey(column.Second)))
        {
            if (!counts.Contains(column.Length))
                members[name].Fault($"has {column.Length} elements; it must have {string.Join(" or ", counts.Distinct())}");
        }

        var length = columns.Max(column => column.Length);
        if (columns.Any(column => column.Length != 0 && column.Length != length))
            place.Fault("has arrays of different lengths");
        return new Covariates(place, [.. Enumerable.Range(0, length).Select(index => PointContext.None with
        {
            InputTokens = At(columns[0], index),
            OutputTokens = At(columns[1], index),
            CachedTokens = At(columns[2], index),
        })]);
    }

    private static double At(double[] column, int index) => index < column.Length ? column[index] : double.NaN;
}

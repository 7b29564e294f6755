namespace LLMscope.Spc.Subgroups;

/// <summary>One point of an Xbar chart and of the R or S chart below it.</summary>
/// <param name="Size">How many values were measured.</param>
/// <param name="Mean">Their mean; not a number where there are none.</param>
/// <param name="Range">Largest less smallest, 0 for a single value.</param>
/// <param name="Deviation">Their standard deviation with n - 1; not a number for fewer than two values.</param>
public readonly record struct Subgroup(int Size, double Mean, double Range, double Deviation)
{
    /// <param name="values">Numbers, in any order.</param>
    public static Subgroup Of(params ReadOnlySpan<double> values)
    {
        var collected = new TimeSubgroup(Transform.None);
        foreach (var value in values)
        {
            if (!collected.TryAdd(value))
                throw new ArgumentException($"{value} is not a measured value.", nameof(values));
        }

        return collected.Summary;
    }
}

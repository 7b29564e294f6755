namespace LLMscope.Spc.Attributes;

/// <summary>Finds where a statement about counts begins to hold.</summary>
internal static class CountSearch
{
    /// <summary>The least count from 0 to <paramref name="most"/> for which it holds, given that it holds for all above; most where for none below.</summary>
    public static int Least(int most, Func<int, bool> holds)
    {
        var (low, high) = (0, most);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (holds(middle))
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}

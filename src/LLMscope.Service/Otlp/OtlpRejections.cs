namespace LLMscope.Service.Otlp;

/// <summary>The items of one request that could not be taken: how many for which reason, and the first faults in words.</summary>
internal sealed class OtlpRejections
{
    private const int MostNamed = 5;
    private const int LongestMessage = 500;

    private readonly int[] _counts = new int[Enum.GetValues<OtlpRejection>().Length];
    private readonly List<string> _named = [];

    public int Count => _counts.Sum();

    public int this[OtlpRejection reason] => _counts[(int)reason];

    public void Add(OtlpRejection reason, string message, int times = 1)
    {
        if (times == 0)
            return;

        _counts[(int)reason] += times;
        if (_named.Count < MostNamed && !_named.Contains(message))
            _named.Add(message.Length > LongestMessage ? $"{message[..LongestMessage]}…" : message);
    }

    /// <summary>All of it in one line, or nothing.</summary>
    public string InWords(string items) => Count == 0 ? "" : $"{Count} {items} not taken: {string.Join("; ", _named)}.";
}

/// <summary>Why an item was not taken while others were.</summary>
internal enum OtlpRejection : byte
{
    /// <summary>It says something that cannot be.</summary>
    Wrong,

    /// <summary>It would be a new series beyond the limit.</summary>
    NoRoom,

    /// <summary>It is one of more than one request may bring.</summary>
    TooMany,

    /// <summary>LLMscope takes no such items.</summary>
    NotTaken,
}

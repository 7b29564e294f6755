namespace LLMscope.Service.Otlp;

/// <summary>Attributes in the order in which they came. The first of a name counts.</summary>
internal sealed class OtlpAttributes
{
    private readonly KeyValuePair<string, OtlpValue>[] _pairs;

    // A bit for each name that is there. A call is looked for by a hundred names, of which it has a few; the others are seen to be missing at once.
    private readonly ulong _names;

    public OtlpAttributes(IReadOnlyList<KeyValuePair<string, OtlpValue>> pairs)
    {
        _pairs = [.. pairs];
        foreach (var (name, _) in _pairs)
            _names |= BitOf(name);
    }

    public static OtlpAttributes Empty { get; } = new([]);

    public IReadOnlyList<KeyValuePair<string, OtlpValue>> Pairs => _pairs;

    public OtlpValue Find(string name)
    {
        if ((_names & BitOf(name)) == 0)
            return default;

        foreach (ref readonly var pair in _pairs.AsSpan())
        {
            if (pair.Key == name)
                return pair.Value;
        }

        return default;
    }

    // Names begin alike, and differ in their length, their middle and their end.
    private static ulong BitOf(string name) => name.Length == 0 ? 1 : 1UL << (((name.Length * 5) + (name[name.Length / 2] * 3) + name[^1]) & 63);
}

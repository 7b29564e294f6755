namespace LLMscope.Service.Otlp;

/// <summary>Attributes in the order in which they came. The first of a name counts.</summary>
internal sealed class OtlpAttributes(IReadOnlyList<KeyValuePair<string, OtlpValue>> pairs)
{
    public static OtlpAttributes Empty { get; } = new([]);

    public IReadOnlyList<KeyValuePair<string, OtlpValue>> Pairs { get; } = pairs;

    public OtlpValue Find(string name)
    {
        for (var i = 0; i < Pairs.Count; i++)
        {
            if (Pairs[i].Key == name)
                return Pairs[i].Value;
        }

        return default;
    }
}

namespace LLMscope.Service.Otlp;

/// <summary>The value of an attribute (AnyValue of OTLP). Bytes are not read; they are <see cref="OtlpValueKind.None"/>.</summary>
internal readonly record struct OtlpValue
{
    private readonly double _number;
    private readonly object? _object;

    private OtlpValue(OtlpValueKind kind, double number, long whole, object? held) => (Kind, _number, Whole, _object) = (kind, number, whole, held);

    public OtlpValueKind Kind { get; }

    /// <summary>An integer, or 1 for true.</summary>
    public long Whole { get; }

    /// <summary>A number of either kind; not a number where it is none.</summary>
    public double Number => Kind == OtlpValueKind.Whole ? Whole : Kind == OtlpValueKind.Number ? _number : double.NaN;

    /// <summary>A string; null where it is none.</summary>
    public string? Text => _object as string;

    /// <summary>The elements of an array; empty where it is none.</summary>
    public IReadOnlyList<OtlpValue> Items => _object as IReadOnlyList<OtlpValue> ?? [];

    /// <summary>The pairs of a list of pairs; empty where it is none.</summary>
    public OtlpAttributes Pairs => _object as OtlpAttributes ?? OtlpAttributes.Empty;

    public static OtlpValue Of(string text) => new(OtlpValueKind.Text, 0, 0, text);

    public static OtlpValue Of(bool flag) => new(OtlpValueKind.Flag, 0, flag ? 1 : 0, null);

    public static OtlpValue Of(long whole) => new(OtlpValueKind.Whole, 0, whole, null);

    public static OtlpValue Of(double number) => new(OtlpValueKind.Number, number, 0, null);

    public static OtlpValue Of(IReadOnlyList<OtlpValue> items) => new(OtlpValueKind.Items, 0, 0, items);

    public static OtlpValue Of(OtlpAttributes pairs) => new(OtlpValueKind.Pairs, 0, 0, pairs);
}

internal enum OtlpValueKind : byte
{
    None = 0,
    Text,
    Flag,
    Whole,
    Number,
    Items,
    Pairs,
}

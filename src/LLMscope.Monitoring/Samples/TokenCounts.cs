namespace LLMscope.Monitoring.Samples;

/// <summary>The length of a call: tokens of its prompt, of them found in the cache, and of its answer. The default value knows none of them.</summary>
/// <remarks>Each is held as one more than it is, so that nothing known costs nothing: samples are many.</remarks>
public readonly record struct TokenCounts
{
    private readonly int _input;
    private readonly int _cached;
    private readonly int _output;

    public TokenCounts(int? input, int? cached, int? output) => (_input, _cached, _output) = (Held(input), Held(cached), Held(output));

    public int? Input => Known(_input);

    public int? Cached => Known(_cached);

    public int? Output => Known(_output);

    public static TokenCounts Of(Call call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return new(call.InputTokens, call.CachedTokens, call.OutputTokens);
    }

    private static int Held(int? count) => count is >= 0 and < int.MaxValue ? count.Value + 1 : 0;

    private static int? Known(int held) => held > 0 ? held - 1 : null;
}

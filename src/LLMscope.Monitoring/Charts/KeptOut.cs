using System.Collections.Frozen;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Monitoring.Charts;

/// <summary>Counts the samples that a chart did not take, by reason.</summary>
internal sealed class KeptOut
{
    private readonly long[] _counts = new long[Enum.GetValues<Standing>().Length];

    public void Add(Standing reason) => _counts[(int)reason]++;

    public FrozenDictionary<Standing, long> Counts => _counts.AsSpan().ContainsAnyExcept(0)
        ? _counts.Index().Where(reason => reason.Item > 0).ToFrozenDictionary(reason => (Standing)reason.Index, reason => reason.Item)
        : FrozenDictionary<Standing, long>.Empty;
}

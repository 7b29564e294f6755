using LLMscope.Monitoring.Samples;

namespace LLMscope.Monitoring.Charts;

/// <summary>Averages the lengths of the calls of one point. It is known only where it is known of every call.</summary>
internal struct MeanLengths
{
    private long _input;
    private long _cached;
    private long _output;
    private int _count;
    private int _known;
    private int _cachedKnown;

    public void Add(TokenCounts length)
    {
        _count++;
        if (length is not { Input: { } input, Output: { } output })
            return;

        _known++;
        _input += input;
        _output += output;
        if (length.Cached is { } cached)
        {
            _cachedKnown++;
            _cached += cached;
        }
    }

    public readonly MeanLength? Mean => _count == 0 || _known < _count
        ? null
        : new MeanLength((double)_input / _count, _cachedKnown == _count ? (double)_cached / _count : null, (double)_output / _count);
}

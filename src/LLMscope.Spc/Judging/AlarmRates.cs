using System.Collections.Concurrent;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Judging;

/// <summary>Rates of false alarms that were asked for lately, in alarms a point. Each costs up to a second, and a page asks for the same ones again.</summary>
internal static class AlarmRates
{
    private const int Most = 1_000;

    /// <summary>By all that a rate depends on. Bounded by <see cref="Most"/>.</summary>
    private static readonly ConcurrentDictionary<object, Lazy<FalseAlarmBand>> Known = new();

    /// <param name="key">A value of a type of its own, with all that the rate depends on.</param>
    public static FalseAlarmBand Of<TKey>(TKey key, Func<TKey, FalseAlarmBand> rate)
        where TKey : struct, IEquatable<TKey>
    {
        if (Known.Count >= Most)
            Known.Clear();
        return Known.GetOrAdd(key, static (_, asked) => new Lazy<FalseAlarmBand>(() => asked.rate(asked.key)), (key, rate)).Value;
    }
}

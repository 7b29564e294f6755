using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.GenAi;

/// <summary>
/// What one metric of one export gained, by source: streams that differ only in what a source does not tell apart, such as the port of a server, are one.
/// </summary>
/// <param name="factor">What its values are multiplied with to be in the base unit.</param>
internal sealed class SourceGains(MetricMeaning meaning, double factor)
{
    private const string Error = "error.type";

    private static readonly Unit TokenRate = Unit.TryFind("{token}/s", out var unit) ? unit : throw new InvalidOperationException("Tokens a second are not a known unit.");

    // Bounded by the data points of one metric.
    private readonly Dictionary<(Source Source, string Characteristic), StreamReading> _gains = [];
    private readonly Dictionary<Source, (double Failed, double All, ulong TimeNanos)> _calls = [];

    public void Add(Source source, AttributeReader read, StreamReading gain)
    {
        var failed = read.Has(Error);
        if (meaning.CountsCalls && gain.Count > 0)
        {
            // Only an answer tells which model served it, and a share is of both.
            var asked = source with { ServedModel = "" };
            var (bad, all, time) = _calls.GetValueOrDefault(asked);
            _calls[asked] = (bad + (failed ? gain.Count : 0), all + gain.Count, Math.Max(time, gain.TimeNanos));
        }

        // A fast failure is not a fast answer.
        if ((failed && meaning.Unit.IsDuration) || CharacteristicOf(read) is not { } characteristic)
            return;

        var key = (source, characteristic);
        _gains[key] = _gains.TryGetValue(key, out var before) ? before.Plus(gain) : gain;
    }

    public void WriteTo(ICollection<MappedInterval> into)
    {
        foreach (var ((source, name), gain) in _gains)
        {
            var time = NanoTime.Utc(gain.TimeNanos);
            foreach (var (characteristic, value, count) in ValuesOf(name, gain))
            {
                if (value is >= 0 and <= double.MaxValue)
                    into.Add(new MappedInterval(source, characteristic, time, value, (int)Math.Min(count, int.MaxValue)));
            }
        }

        foreach (var (source, (failed, all, time)) in _calls)
            into.Add(new MappedInterval(source, Characteristic.Find(Characteristic.ErrorShare)!, NanoTime.Utc(time), failed / all, (int)Math.Min(all, int.MaxValue)));
    }

    private IEnumerable<(Characteristic Characteristic, double Value, double Count)> ValuesOf(string name, StreamReading gain)
    {
        if (gain is { Count: > 0, Sum: { } sum })
            yield return (Characteristic.Custom($"{name}_mean", meaning.Unit), sum * factor / gain.Count, gain.Count);

        if (gain is { Count: > 0, Buckets: { } buckets } && meaning.Unit.IsDuration)
        {
            // Estimates, and of the calls together: they do not come nearer to a truth with their number as a mean does.
            yield return (Characteristic.Custom($"{name}_p50", meaning.Unit), buckets.Quantile(0.5) * factor, 1);
            yield return (Characteristic.Custom($"{name}_p95", meaning.Unit), buckets.Quantile(0.95) * factor, 1);
        }

        // Nothing asked is not slow: without traffic there is no rate to judge.
        if (meaning.IsTotal && gain is { Sum: > 0 and var all, Seconds: > 0 and var seconds })
            yield return (Characteristic.Custom($"{name}_per_second", TokenRate), all * factor / seconds, 1);

        if (meaning.Unit == Unit.Events && gain.Sum is { } events)
            yield return (Characteristic.Custom(name, Unit.Events), events, 1);
    }

    private string? CharacteristicOf(AttributeReader read)
    {
        if (meaning.Characteristic != MetricMeaning.PerTokenType)
            return meaning.Characteristic;

        return read.Text(SpanFields.TokenType) switch
        {
            "input" or "prompt" => "input_tokens",
            "output" or "completion" => "output_tokens",
            _ => null,
        };
    }
}

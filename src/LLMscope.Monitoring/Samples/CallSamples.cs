namespace LLMscope.Monitoring.Samples;

/// <summary>What one call measures: duration, time to first token, time per output token, tokens per second, error, cost.</summary>
public static class CallSamples
{
    /// <summary>The values of a call by characteristic. What the call does not tell is left out, never zero.</summary>
    public static IEnumerable<(string Characteristic, double Value)> Of(Call call)
    {
        yield return (Characteristic.Error, call is { Status: CallStatus.Error, ErrorCategory: not ErrorCategory.Cancelled } ? 1 : 0);

        if (call.Duration is { } duration)
            yield return (Characteristic.Duration, duration);

        if (call.TimeToFirstToken is { } first)
            yield return (Characteristic.TimeToFirstToken, first);

        if (DecodingTime(call) is { } decoding && call.OutputTokens is > 1 and var tokens)
        {
            // The first token belongs to the prefill; the others are decoded in the time after it.
            yield return (Characteristic.TimePerOutputToken, decoding / (tokens - 1));
        }

        if (call is { OutputTokens: > 0 and var all, Duration: > 0 and var whole } && double.IsFinite(all / whole))
            yield return (Characteristic.TokensPerSecond, all / whole);

        if (call.CostUsd is { } cost)
            yield return (Characteristic.Cost, cost);
    }

    /// <summary>How the samples of a call stand. Its error sample is always judged: that chart counts all calls.</summary>
    public static Standing StandingOf(Call call, string characteristic) => characteristic switch
    {
        Characteristic.Error => Standing.Judged,
        _ when call.Status == CallStatus.Error => Standing.Failed,
        _ when call.CacheHit => Standing.CacheHit,
        _ when call.ColdStart => Standing.ColdStart,
        _ when call.Attempt > 1 => Standing.Retry,
        _ => Standing.Judged,
    };

    private static double? DecodingTime(Call call) =>
        call is { Duration: { } duration, TimeToFirstToken: { } first } && duration > first ? duration - first : null;
}

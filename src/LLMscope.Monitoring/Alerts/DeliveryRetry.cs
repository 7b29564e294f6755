namespace LLMscope.Monitoring.Alerts;

/// <summary>When a failed delivery is tried again, and when it is given up.</summary>
internal static class DeliveryRetry
{
    public const int MostAttempts = 12;

    public static readonly TimeSpan LongestTime = TimeSpan.FromHours(24);
    public static readonly TimeSpan LongestPatience = TimeSpan.FromHours(1);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    /// <summary>Exponential backoff with full jitter: anywhere between nothing and <c>min(30 min, 5 s * 2^n)</c>, n counting from zero.</summary>
    /// <remarks>Brooker, Exponential Backoff And Jitter, AWS Architecture Blog, 2015.</remarks>
    /// <param name="attempts">Attempts so far, at least one.</param>
    /// <param name="chance">A random number in [0, 1).</param>
    public static TimeSpan Wait(int attempts, double chance)
    {
        var ceiling = Math.Min(LongestWait.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Max(0, attempts - 1)));
        return TimeSpan.FromSeconds(ceiling * chance);
    }

    /// <summary>The patience that a receiver asked for, within reason.</summary>
    public static TimeSpan Bounded(TimeSpan retryAfter) =>
        retryAfter < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : retryAfter > LongestPatience ? LongestPatience : retryAfter;

    public static bool IsOver(int attempts, DateTimeOffset now, DateTimeOffset retryUntil) => attempts >= MostAttempts || now >= retryUntil;
}

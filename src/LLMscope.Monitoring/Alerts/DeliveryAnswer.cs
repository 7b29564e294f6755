namespace LLMscope.Monitoring.Alerts;

/// <summary>What came of one attempt to deliver.</summary>
/// <param name="Status">The status of HTTP or SMTP, where there was one.</param>
/// <param name="Text">The receiver's own words, or what went wrong before it could speak. At most <see cref="LongestText"/> characters.</param>
/// <param name="RetryAfter">The patience that the receiver asked for.</param>
public sealed record DeliveryAnswer(DeliveryOutcome Outcome, int? Status, string Text, TimeSpan? RetryAfter = null)
{
    public const int LongestText = 500;

    internal static DeliveryAnswer Accepted(int? status, string text) => new(DeliveryOutcome.Accepted, status, Short(text));

    internal static DeliveryAnswer Refused(int? status, string text) => new(DeliveryOutcome.Refused, status, Short(text));

    internal static DeliveryAnswer Failed(int? status, string text, TimeSpan? retryAfter = null) => new(DeliveryOutcome.Failed, status, Short(text), retryAfter);

    // One line without control characters: PostgreSQL takes no NUL, and a table row no line break.
    private static string Short(string text)
    {
        var line = string.Join(' ', new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestText ? line : string.Concat(line.AsSpan(0, LongestText - 1), "…");
    }
}

public enum DeliveryOutcome
{
    /// <summary>The receiver took it.</summary>
    Accepted,

    /// <summary>The receiver will not take it, now or later.</summary>
    Refused,

    /// <summary>It may succeed later.</summary>
    Failed,
}

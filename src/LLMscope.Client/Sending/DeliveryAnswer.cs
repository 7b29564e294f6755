namespace LLMscope.Client.Sending;

/// <summary>What came of one request to LLMscope.</summary>
/// <param name="Refused">Items that were wrong, where it was taken.</param>
/// <param name="RetryAfter">The pause that LLMscope asks for.</param>
/// <param name="Problem">What went wrong, in words.</param>
internal sealed record DeliveryAnswer(DeliveryOutcome Outcome, int Refused = 0, TimeSpan? RetryAfter = null, string? Problem = null);

internal enum DeliveryOutcome
{
    /// <summary>On disk at LLMscope.</summary>
    Taken,

    /// <summary>Wrong as it is: sending it again would not help.</summary>
    Refused,

    /// <summary>Too many items or bytes for one request.</summary>
    TooLarge,

    /// <summary>Not now; the same again later.</summary>
    Again,
}

namespace LLMscope.Service.Scraping;

/// <summary>Why a scrape brought nothing.</summary>
/// <param name="Problem">For people; without secrets.</param>
internal sealed record ScrapeFault(ScrapeOutcome Outcome, string Problem);

internal enum ScrapeOutcome
{
    Ok,

    /// <summary>Nobody answers, or the connection broke.</summary>
    Unreachable,

    Timeout,

    /// <summary>An answer that is not 200.</summary>
    Status,

    /// <summary>A redirect to elsewhere, which is not followed.</summary>
    Redirect,

    /// <summary>The page is no page of metrics.</summary>
    Malformed,

    TooLarge,

    /// <summary>The password or token cannot be read.</summary>
    Login,
}

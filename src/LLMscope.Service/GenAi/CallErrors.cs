using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.GenAi;

/// <summary>What kind of fault a call failed of, from its HTTP status, the type of its error, or its message.</summary>
internal static partial class CallErrors
{
    // The first word that is part of the text counts: a "connection timeout" timed out, and an answer that the "server aborted" was not the server's wish.
    private static readonly (string Word, ErrorCategory Category)[] Words =
    [
        ("ratelimit", ErrorCategory.RateLimit), ("rate_limit", ErrorCategory.RateLimit), ("rate limit", ErrorCategory.RateLimit), ("throttl", ErrorCategory.RateLimit),
        ("quota", ErrorCategory.RateLimit), ("resource_exhausted", ErrorCategory.RateLimit), ("resourceexhausted", ErrorCategory.RateLimit),
        ("toomanyrequests", ErrorCategory.RateLimit),
        ("too many requests", ErrorCategory.RateLimit),
        ("timeout", ErrorCategory.Timeout), ("timed out", ErrorCategory.Timeout), ("timed_out", ErrorCategory.Timeout), ("timedout", ErrorCategory.Timeout),
        ("deadline", ErrorCategory.Timeout),
        ("cancel", ErrorCategory.Cancelled), ("abort", ErrorCategory.Cancelled), ("generatorexit", ErrorCategory.Cancelled), ("client_disconnect", ErrorCategory.Cancelled),
        ("connect", ErrorCategory.Network), ("network", ErrorCategory.Network), ("socket", ErrorCategory.Network), ("econn", ErrorCategory.Network),
        ("getaddrinfo", ErrorCategory.Network),
        ("dns", ErrorCategory.Network), ("certificate", ErrorCategory.Network), ("sslerror", ErrorCategory.Network), ("tlserror", ErrorCategory.Network),
        ("fetch failed", ErrorCategory.Network),
        ("httprequestexception", ErrorCategory.Network), ("remoteprotocol", ErrorCategory.Network), ("readerror", ErrorCategory.Network), ("incompleteread", ErrorCategory.Network),
        ("content_filter", ErrorCategory.Model), ("contentfilter", ErrorCategory.Model), ("content_policy", ErrorCategory.Model), ("contentpolicy", ErrorCategory.Model),
        ("refusal", ErrorCategory.Model), ("safety", ErrorCategory.Model),
        ("internalserver", ErrorCategory.Server), ("internal_server", ErrorCategory.Server), ("internal server", ErrorCategory.Server), ("server_error", ErrorCategory.Server),
        ("servererror", ErrorCategory.Server), ("overload", ErrorCategory.Server), ("unavailable", ErrorCategory.Server), ("badgateway", ErrorCategory.Server),
        ("bad gateway", ErrorCategory.Server), ("api_error", ErrorCategory.Server),
        ("badrequest", ErrorCategory.Client), ("bad_request", ErrorCategory.Client), ("bad request", ErrorCategory.Client), ("invalid", ErrorCategory.Client),
        ("authenticat", ErrorCategory.Client), ("unauthorized", ErrorCategory.Client), ("permission", ErrorCategory.Client), ("forbidden", ErrorCategory.Client),
        ("notfound", ErrorCategory.Client), ("not_found", ErrorCategory.Client), ("not found", ErrorCategory.Client), ("unprocessable", ErrorCategory.Client),
        ("validation", ErrorCategory.Client), ("conflict", ErrorCategory.Client), ("context_length", ErrorCategory.Client), ("context length", ErrorCategory.Client),
    ];

    private static readonly FrozenSet<string> RefusingReasons = new[]
    {
        "content_filter", "content-filter", "contentfilter", "refusal", "safety", "recitation", "blocklist", "prohibited_content", "spii", "malformed_function_call",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static ErrorCategory? OfStatus(int status) => status switch
    {
        429 => ErrorCategory.RateLimit,
        408 or 504 => ErrorCategory.Timeout,
        499 => ErrorCategory.Cancelled,
        >= 500 and <= 599 => ErrorCategory.Server,
        >= 400 and <= 499 => ErrorCategory.Client,
        _ => null,
    };

    /// <summary>By the words in the type or the message of an error; null where none tells.</summary>
    public static ErrorCategory? OfText(string text)
    {
        foreach (var (word, category) in Words)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
                return category;
        }

        return null;
    }

    /// <summary>Whether the model, or a guard of its provider, declined to answer.</summary>
    public static bool Refuses(string finishReason) => RefusingReasons.Contains(finishReason);

    /// <summary>The HTTP status that client libraries begin their messages with: "429 Too Many Requests", "Error code: 429 - ...".</summary>
    public static int? StatusIn(string message) =>
        LeadingStatus().Match(message) is { Success: true } match ? int.Parse(match.Groups["status"].ValueSpan, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(
        @"^(?:Error: |Error code: |HTTP |Request failed with status code |[A-Za-z_.]*Error: )?(?<status>[45][0-9]{2})\b",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex LeadingStatus();
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Authentication;

namespace LLMscope.Client;

/// <summary>The category of a call that failed, from what was thrown or from the status of HTTP.</summary>
internal static class FaultOf
{
    // Bounded by the types of exceptions that a process has.
    private static readonly ConcurrentDictionary<Type, PropertyInfo?> Statuses = new();

    public static CallFault Exception(Exception fault, CancellationToken asked) => fault switch
    {
        OperationCanceledException when asked.IsCancellationRequested => CallFault.Cancelled,
        OperationCanceledException or TimeoutException => CallFault.Timeout,
        _ when StatusOf(fault) is { } status => Status(status) ?? CallFault.Server,
        HttpRequestException or IOException or SocketException or AuthenticationException => CallFault.Network,
        ArgumentException or InvalidOperationException or NotSupportedException => CallFault.Client,
        _ => CallFault.Server,
    };

    /// <returns>Null where the status is no failure.</returns>
    public static CallFault? Status(int status) => status switch
    {
        429 => CallFault.RateLimit,
        408 or 504 => CallFault.Timeout,
        >= 500 => CallFault.Server,
        >= 400 => CallFault.Client,
        _ => null,
    };

    /// <summary>The category of an error that came in the body of an answer, by the words of OpenAI, Anthropic and Google.</summary>
    /// <returns>Null where the words say nothing.</returns>
    public static CallFault? Words(string words) => words switch
    {
        "rate_limit_error" or "rate_limit_exceeded" or "insufficient_quota" or "RESOURCE_EXHAUSTED" => CallFault.RateLimit,
        "timeout_error" or "DEADLINE_EXCEEDED" => CallFault.Timeout,
        "invalid_request_error" or "authentication_error" or "permission_error" or "not_found_error" or "request_too_large" or "context_length_exceeded"
            or "INVALID_ARGUMENT" or "PERMISSION_DENIED" or "UNAUTHENTICATED" or "NOT_FOUND" or "FAILED_PRECONDITION" => CallFault.Client,
        "content_filter" or "content_policy_violation" => CallFault.Model,
        _ => null,
    };

    /// <summary>The status of HTTP that an exception carries: of .NET itself, or in a property named as the libraries of providers do.</summary>
    public static int? StatusOf(Exception fault)
    {
        if (fault is HttpRequestException request)
            return (int?)request.StatusCode;

        var property = Statuses.GetOrAdd(fault.GetType(), static type =>
            type.GetProperties(BindingFlags.Public | BindingFlags.Instance).FirstOrDefault(found => found.Name is "Status" or "StatusCode"
                && found.GetIndexParameters().Length == 0 && (found.PropertyType == typeof(int) || found.PropertyType == typeof(HttpStatusCode))));
        return property?.GetValue(fault) is { } value && (int)value is var status and >= 100 and <= 599 ? status : null;
    }

    /// <summary>Whether an answer ended because the model did not give one that can be used.</summary>
    public static bool IsRefusal(string? finishReason) => finishReason is "content_filter" or "refusal" or "SAFETY" or "RECITATION" or "BLOCKLIST"
        or "PROHIBITED_CONTENT" or "SPII" or "IMAGE_SAFETY" or "MALFORMED_FUNCTION_CALL";
}

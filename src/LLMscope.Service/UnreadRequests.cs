using System.Text.Json;

namespace LLMscope.Service;

/// <summary>Requests that cannot be read: the answer says where and why, and they are no fault of LLMscope that its log would have to tell.</summary>
internal static class UnreadRequests
{
    private const string Missing = "missing required properties including: ";

    public static IServiceCollection AddUnreadRequests(this IServiceCollection services) => services
        .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true)
        .AddProblemDetails(options => options.CustomizeProblemDetails = Explain);

    public static void UseUnreadRequests(this IApplicationBuilder app) => app.UseExceptionHandler(new ExceptionHandlerOptions
    {
        StatusCodeSelector = fault => fault is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
        SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
    });

    private static void Explain(ProblemDetailsContext context)
    {
        if (context.Exception is BadHttpRequestException fault)
            context.ProblemDetails.Detail ??= fault.InnerException is JsonException json ? WhyOf(json) : fault.Message;
    }

    // Its own message speaks of the types of the program.
    private static string WhyOf(JsonException fault)
    {
        var place = fault.Path ?? "$";
        if (fault.Message.IndexOf(Missing, StringComparison.Ordinal) is var missing and >= 0)
            return $"The body lacks {fault.Message[(missing + Missing.Length)..].Split('.')[0]} at {place}.";
        return fault.LineNumber is null ? $"The body cannot be read at {place}."
            : $"The body cannot be read at {place} (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}): it is not JSON there, of another type, or has a name that is not known.";
    }
}

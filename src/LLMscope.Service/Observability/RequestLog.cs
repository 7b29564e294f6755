using Microsoft.AspNetCore.Diagnostics;

namespace LLMscope.Service.Observability;

/// <summary>
/// One line per request. Requests that LLMscope failed are warnings; all others are only for debugging, since the metrics count them.
/// A line names the route, not the path: a path is what a stranger wrote.
/// </summary>
internal sealed partial class RequestLog(RequestDelegate next, TimeProvider clock, ILogger<RequestLog> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = clock.GetTimestamp();
        await next(context);

        var status = context.Response.StatusCode;
        var level = status >= StatusCodes.Status500InternalServerError ? LogLevel.Warning : LogLevel.Debug;
        if (!logger.IsEnabled(level))
            return;

        // The handler of exceptions takes the endpoint off the request.
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "no route";
        var elapsed = clock.GetElapsedTime(started).TotalMilliseconds;
        LogAnswered(level, context.Request.Method, route, status, elapsed);
    }

    [LoggerMessage("{Method} {Route} answered {Status} in {Milliseconds:0.0} ms.")]
    private partial void LogAnswered(LogLevel level, string method, string route, int status, double milliseconds);
}

public static class RequestLogging
{
    /// <summary>Logs requests. It stands before the handler of exceptions, so that it sees the answer that a fault ends in.</summary>
    public static IApplicationBuilder UseRequestLog(this IApplicationBuilder app) => app.UseMiddleware<RequestLog>();
}

using Microsoft.AspNetCore.Http;

namespace LLMscope.Dashboard;

/// <summary>
/// Headers that keep a page to itself: only own scripts and styles, no frames, no guessing of content types, no address handed
/// to other sites. A header that an endpoint sets for itself stays.
/// </summary>
internal sealed class DashboardHeaders(RequestDelegate next)
{
    public const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.TryAdd("Content-Security-Policy", Policy);
            headers.TryAdd("X-Content-Type-Options", "nosniff");
            headers.TryAdd("Referrer-Policy", "same-origin");
            headers.TryAdd("X-Frame-Options", "DENY");
            return Task.CompletedTask;
        });
        return next(context);
    }
}

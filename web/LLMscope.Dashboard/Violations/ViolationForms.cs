using LLMscope.Monitoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace LLMscope.Dashboard.Violations;

/// <summary>The forms of a violation. After each the browser is sent back to the page, so that reloading repeats nothing.</summary>
internal static class ViolationForms
{
    public const int LongestCause = 2_000;

    public static void MapViolationForms(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("/violations/{id:guid}").ExcludeFromDescription();
        forms.MapPost("/acknowledge", AcknowledgeAsync);
        forms.MapPost("/resolve", ResolveAsync);
    }

    // The form has no field of its own; naming one makes the endpoint ask for the antiforgery token.
    private static async Task<Results<RedirectHttpResult, NotFound>> AcknowledgeAsync(
        Guid id, [FromForm] string? note, HttpContext http, ViolationBook book, CancellationToken cancellation) =>
        await book.AcknowledgeAsync(id, WhoIs(http), cancellation) is null ? TypedResults.NotFound() : BackTo(id);

    private static async Task<Results<RedirectHttpResult, NotFound, ValidationProblem>> ResolveAsync(
        Guid id, [FromForm] string? cause, HttpContext http, ViolationResolution resolution, CancellationToken cancellation)
    {
        if (cause?.Length > LongestCause)
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { [nameof(cause)] = [$"A cause has at most {LongestCause} characters."] });

        var named = string.IsNullOrWhiteSpace(cause) ? null : cause.Trim();
        return await resolution.ResolveAsync(id, WhoIs(http), named, cancellation) is null ? TypedResults.NotFound() : BackTo(id);
    }

    private static RedirectHttpResult BackTo(Guid id) => TypedResults.LocalRedirect($"/violations/{id}");

    private static string WhoIs(HttpContext http) => http.User.Identity?.Name ?? "someone at the dashboard";
}

using LLMscope.Dashboard.Violations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LLMscope.Dashboard;

public static class DashboardServices
{
    /// <summary>What people see: pages that are rendered on the server, and the forms on them.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "llmscope-form";
            options.SuppressXFrameOptionsHeader = true; // Ours refuses all frames.
        });
        services.AddScoped<MomentTelemetry>();
        return services;
    }

    /// <summary>
    /// The security headers of every answer, and pages for faults and for addresses that do not exist. It belongs
    /// before everything that answers.
    /// </summary>
    public static IApplicationBuilder UseDashboard(this IApplicationBuilder app)
    {
        app.UseMiddleware<DashboardHeaders>();
        app.UseWhen(http => AsksForPage(http.Request), UseErrorPages);
        return app;
    }

    /// <summary>The pages and the forms. The static assets must be mapped before.</summary>
    public static IEndpointRouteBuilder MapDashboard(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapRazorComponents<App>().WithStaticAssets();
        endpoints.MapViolationForms();
        return endpoints;
    }

    // Faults and refusals other than a missing page keep the answer that the host gives them.
    private static void UseErrorPages(IApplicationBuilder pages)
    {
        pages.UseExceptionHandler(fault => fault.Run(http => ShowAsync("/error", http)));
        pages.UseStatusCodePages(refusal =>
            refusal.HttpContext.Response.StatusCode == StatusCodes.Status404NotFound ? ShowAsync("/not-found", refusal.HttpContext) : Task.CompletedTask);
    }

    // A branch has no routing of its own to execute a path again; the router of the document reads the path.
    private static Task ShowAsync(PathString page, HttpContext http)
    {
        http.SetEndpoint(null);
        http.Request.Path = page;
        return new RazorComponentResult<App> { StatusCode = http.Response.StatusCode }.ExecuteAsync(http);
    }

    // Programs get the answer itself: a page in the place of a refusal would be read as success or as rubbish.
    private static bool AsksForPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}

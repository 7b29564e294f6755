using LLMscope.Dashboard.Violations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LLMscope.Dashboard;

public static class DashboardServices
{
    /// <summary>What people see: pages that are rendered on the server, and the forms on them.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery(options => options.Cookie.Name = "llmscope-form");
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
        app.UseWhen(context => AsksForPage(context.Request), pages =>
        {
            pages.UseExceptionHandler("/error");
            pages.UseStatusCodePagesWithReExecute("/not-found");
        });
        return app;
    }

    /// <summary>The pages and the forms. The static assets must be mapped before.</summary>
    public static IEndpointRouteBuilder MapDashboard(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapRazorComponents<App>().WithStaticAssets();
        endpoints.MapViolationForms();
        return endpoints;
    }

    // Programs get the answer itself: a page in the place of a refusal would be read as success or as rubbish.
    private static bool AsksForPage(Microsoft.AspNetCore.Http.HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}

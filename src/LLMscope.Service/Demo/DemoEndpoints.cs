using LLMscope.Monitoring;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Demo;

/// <summary>Starts the demonstration, and removes it with one click or one request.</summary>
internal static class DemoEndpoints
{
    public static IServiceCollection AddDemo(this IServiceCollection services)
    {
        services.AddOptions<DemoOptions>().BindConfiguration(DemoOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DemoOptions>, DemoOptionsValidator>();
        services.AddSingleton<DemoReplay>();
        services.AddHostedService(provider => provider.GetRequiredService<DemoReplay>());
        return services;
    }

    public static void MapDemo(this IEndpointRouteBuilder routes)
    {
        routes.MapDelete("/api/v1/demo", RemoveAsync).WithTags("Demo").DisableAntiforgery()
            .WithSummary("Ends the demonstration and removes everything that it made.");

        // A form of the dashboard; binding it checks its antiforgery token.
        routes.MapPost("/demo/remove", async ([FromForm] IFormCollection form, DemoReplay replay, DemoRemoval removal, CancellationToken cancellation) =>
        {
            await RemoveAsync(replay, removal, cancellation);
            return TypedResults.LocalRedirect("/");
        }).ExcludeFromDescription();
    }

    private static async Task<NoContent> RemoveAsync(DemoReplay replay, DemoRemoval removal, CancellationToken cancellation)
    {
        await replay.EndAsync();
        await removal.RemoveAsync(cancellation);
        return TypedResults.NoContent();
    }
}

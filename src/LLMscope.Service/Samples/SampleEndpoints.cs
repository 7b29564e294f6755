using Microsoft.Extensions.Options;

namespace LLMscope.Service.Samples;

/// <summary>The door: samples and calls come in, and are acknowledged once they are on disk.</summary>
internal static class SampleEndpoints
{
    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddOptions<IntakeOptions>().BindConfiguration(IntakeOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IntakeOptions>, IntakeOptionsValidator>();
        services.AddSingleton<Intake>();
        return services;
    }

    public static void MapSamples(this IEndpointRouteBuilder routes)
    {
        var intake = routes.MapGroup("/api/v1").WithTags("Samples").DisableAntiforgery()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status429TooManyRequests);
        intake.MapPost("/samples", (HttpContext context, Intake door, bool partial = false) => door.TakeSamplesAsync(context, partial))
            .WithSummary("Takes samples: one object, {\"samples\":[…]} or NDJSON. The answer 202 means that they are on disk.")
            .Accepts<SampleDocument>("application/json", RequestItems.Ndjson).Produces<IntakeReceipt>(StatusCodes.Status202Accepted);
        intake.MapPost("/calls", (HttpContext context, Intake door, bool partial = false) => door.TakeCallsAsync(context, partial))
            .WithSummary("Takes LLM calls with their context: one object, {\"calls\":[…]} or NDJSON. Each yields its samples.")
            .Accepts<CallDocument>("application/json", RequestItems.Ndjson).Produces<IntakeReceipt>(StatusCodes.Status202Accepted);
    }
}

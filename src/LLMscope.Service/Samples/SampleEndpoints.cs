using Microsoft.AspNetCore.Http.Metadata;
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
        services.AddRequestDecompression();
        return services;
    }

    /// <summary>Lets the bodies of samples and calls come compressed (gzip, deflate or br); their limit counts what they are decompressed to.</summary>
    public static void UseCompressedIntake(this IApplicationBuilder app) => app.UseWhen(
        context => context.GetEndpoint()?.Metadata.GetMetadata<BulkLimit>() is not null, branch => branch.UseRequestDecompression());

    public static void MapSamples(this IEndpointRouteBuilder routes)
    {
        var intake = routes.MapGroup("/api/v1").WithTags("Samples").DisableAntiforgery()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithMetadata(new BulkLimit(routes.ServiceProvider.GetRequiredService<IOptions<IntakeOptions>>()));
        intake.MapPost("/samples", (HttpContext context, Intake door, bool partial = false) => door.TakeSamplesAsync(context, partial))
            .WithSummary("Takes samples: one object, {\"samples\":[…]}, NDJSON or CSV, the last two of any length. The answer 202 means that they are on disk.")
            .Accepts<SampleDocument>("application/json", RequestItems.Ndjson, RequestItems.Csv).Produces<IntakeReceipt>(StatusCodes.Status202Accepted);
        intake.MapPost("/calls", (HttpContext context, Intake door, bool partial = false) => door.TakeCallsAsync(context, partial))
            .WithSummary("Takes LLM calls with their context: one object, {\"calls\":[…]}, NDJSON or CSV, the last two of any length. Each yields its samples.")
            .Accepts<CallDocument>("application/json", RequestItems.Ndjson, RequestItems.Csv).Produces<IntakeReceipt>(StatusCodes.Status202Accepted);
    }

    private sealed class BulkLimit(IOptions<IntakeOptions> options) : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => options.Value.LargestBulk;
    }
}

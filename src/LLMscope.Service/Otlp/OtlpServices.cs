using LLMscope.Service.GenAi;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Otlp;

public static class OtlpServices
{
    /// <summary>Takes OTLP on ports of its own. It needs the monitoring and the intake.</summary>
    public static IServiceCollection AddOtlp(this IServiceCollection services)
    {
        services.AddOptions<OtlpOptions>().BindConfiguration(OtlpOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OtlpOptions>, OtlpOptionsValidator>();
        services.AddSingleton<IValidateOptions<OtlpOptions>, OtlpAddressValidator>();
        services.AddMetrics();
        services.AddSingleton<MetricMapper>();
        services.AddSingleton<OtlpMeter>();
        services.AddSingleton<OtlpMemory>();
        services.AddSingleton<OtlpReceiver>();
        services.AddSingleton<OtlpHttp>();
        services.AddSingleton<OtlpGrpc>();
        services.AddExceptionHandler<OtlpFaults>();
        services.AddHostedService<OtlpListener>();
        return services;
    }

    /// <summary>Takes OTLP over HTTP at the addresses of LLMscope itself too.</summary>
    public static void MapOtlp(this IEndpointRouteBuilder routes)
    {
        foreach (var (path, signal) in new[] { ("/v1/traces", OtlpSignal.Traces), ("/v1/metrics", OtlpSignal.Metrics), ("/v1/logs", OtlpSignal.Logs) })
        {
            // Every method: a wrong one is answered in the words of OTLP too.
            routes.Map(path, (HttpContext context, OtlpHttp door) => door.AnswerAsync(context, signal)).ExcludeFromDescription().DisableAntiforgery();
        }
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace LLMscope.Service.Observability;

public static class MetricsEndpoint
{
    /// <summary>What LLMscope measures of itself. It needs the chart board of the monitoring.</summary>
    public static IServiceCollection AddObservability(this IServiceCollection services)
    {
        services.AddOptions<MetricsOptions>().BindConfiguration(MetricsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MetricsOptions>, MetricsOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<MetricsPage>();
        return services;
    }

    /// <summary>GET /metrics in the Prometheus text format or, where it is asked for, OpenMetrics. Measuring begins here.</summary>
    public static IEndpointConventionBuilder MapMetrics(this IEndpointRouteBuilder routes)
    {
        routes.ServiceProvider.GetRequiredService<MetricsPage>();
        return routes.MapGet("/metrics", ReadAsync).ExcludeFromDescription().DisableHttpMetrics();
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> ReadAsync(HttpRequest request, MetricsPage page, CancellationToken cancellation)
    {
        var format = FormatFor(request.GetTypedHeaders().Accept);
        return await page.TryWriteAsync(format, cancellation) is { } text
            ? TypedResults.Text(text, format == MetricsFormat.OpenMetrics
                ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                : "text/plain; version=0.0.4; charset=utf-8")
            : TypedResults.Problem("Too many scrapes wait already.", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>OpenMetrics where a scraper wants it at least as much as plain text. Whoever wants neither gets plain text, as scrapers expect.</summary>
    internal static MetricsFormat FormatFor(IList<MediaTypeHeaderValue> accept)
    {
        var open = QualityOf(accept.Where(IsOpenMetrics));
        var plain = QualityOf(accept.Where(type => type.MediaType == "text/plain"));
        return open > 0 && open >= plain ? MetricsFormat.OpenMetrics : MetricsFormat.Prometheus;
    }

    private static double QualityOf(IEnumerable<MediaTypeHeaderValue> types) => types.Select(type => type.Quality ?? 1).DefaultIfEmpty(0).Max();

    private static bool IsOpenMetrics(MediaTypeHeaderValue type) =>
        type.MediaType == "application/openmetrics-text"
        && (type.Parameters.FirstOrDefault(parameter => parameter.Name == "version")?.Value ?? "1.0.0") == "1.0.0";
}

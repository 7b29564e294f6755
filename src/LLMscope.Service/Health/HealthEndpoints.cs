using LLMscope.Monitoring;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMscope.Service.Health;

public static class HealthEndpoints
{
    /// <summary>A database that does not answer within this time is a problem like one that refuses.</summary>
    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(5);

    /// <summary>
    /// GET /health/live: the process answers; it asks nobody else, since a restart cures no database.
    /// GET /health/ready: samples can be taken and judged; 503 with the problem otherwise. Both are open to everyone, as probes need.
    /// </summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("Health").AllowAnonymous().DisableHttpMetrics();
        health.MapGet("/live", Live).WithSummary("Whether the process is alive.");
        health.MapGet("/ready", ReadyAsync).WithSummary("Whether samples can be taken and judged.");
    }

    private static Ok<HealthAnswer> Live(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new HealthAnswer("alive", null));
    }

    private static async Task<Results<Ok<HealthAnswer>, JsonHttpResult<HealthAnswer>>> ReadyAsync(
        HttpResponse response, MonitoringHealth health, IHostApplicationLifetime lifetime, TimeProvider clock, CancellationToken cancellation)
    {
        response.Headers.CacheControl = "no-store";
        var problem = lifetime.ApplicationStopping.IsCancellationRequested
            ? "LLMscope is stopping."
            : await FindProblemAsync(health, clock, cancellation);
        return problem is null
            ? TypedResults.Ok(new HealthAnswer("ready", null))
            : TypedResults.Json(new HealthAnswer("not ready", problem), statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string?> FindProblemAsync(MonitoringHealth health, TimeProvider clock, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(LongestCheck, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            return await health.FindProblemAsync(either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return $"The database did not answer within {LongestCheck.TotalSeconds} s.";
        }
    }
}

/// <param name="Status"><c>alive</c>, <c>ready</c> or <c>not ready</c>.</param>
/// <param name="Problem">What is wrong, for people; null where nothing is.</param>
public sealed record HealthAnswer(string Status, string? Problem);

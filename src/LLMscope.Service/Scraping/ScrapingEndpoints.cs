using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMscope.Service.Scraping;

internal static class ScrapingEndpoints
{
    public static void MapScraping(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api/v1/scraping").WithTags("Scraping")
            .MapGet("/targets", Targets).WithSummary("How each scraped target is: last scrape, time series, problem, metrics that vanished.");

    private static Ok<TargetsResponse> Targets(Scraper scraper) => TypedResults.Ok(new TargetsResponse([.. scraper.Targets.Select(TargetResponse.Of)]));
}

internal sealed record TargetsResponse(IReadOnlyList<TargetResponse> Targets);

/// <param name="Up">Null before the first scrape.</param>
/// <param name="LastDuration">In seconds.</param>
/// <param name="Series">Time series of the page that something is charted from.</param>
/// <param name="Values">What the last scrape made of them.</param>
/// <param name="Dropped">Values that found no room, or that were not stored since the last scrape.</param>
internal sealed record TargetResponse(
    string Name, string Address, string Preset, double Interval, bool? Up, DateTime? LastScrape, double? LastDuration, int Series, int Values, int Dropped, int CappedSeries,
    string? Problem, IReadOnlyList<string> Vanished, IReadOnlyList<string> NeverSeen)
{
    public static TargetResponse Of(TargetScraper target)
    {
        var (plan, state) = (target.Plan, target.State);
        return new TargetResponse(
            plan.Name, plan.Address.GetLeftPart(UriPartial.Path), plan.Preset, plan.Interval.TotalSeconds, state.IsUp, state.LastScrape,
            state.IsUp is null ? null : state.Duration.TotalSeconds, state.TimeSeries, state.Values, state.Dropped, state.Capped,
            state.Problem, state.Vanished, state.NeverSeen);
    }
}

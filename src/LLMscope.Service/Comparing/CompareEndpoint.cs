using LLMscope.Service.Judging;
using LLMscope.Spc.Comparison;

namespace LLMscope.Service.Comparing;

/// <summary>The comparison of two periods or two models for any client: it compares what is sent and keeps nothing.</summary>
internal static class CompareEndpoint
{
    private const string Title = "The samples were not compared.";

    public static void MapCompare(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/compare", (HttpContext context, CancellationToken cancellation) => RequestBody.AnswerAsync(context, Title, Answer, cancellation))
            .WithTags("Judging").DisableAntiforgery()
            .WithSummary("Compares two samples: median, tail, ranks and errors, each with its interval, and what follows. Nothing is stored.")
            .Accepts<CompareDocument>("application/json").Produces<CompareResponse>().ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
    }

    private static CompareResponse? Answer(JsonPlace body, CancellationToken cancellation)
    {
        if (CompareRequest.Read(body) is not { } request)
            return null;

        cancellation.ThrowIfCancellationRequested();
        return CompareResponse.Of(PeriodComparison.Compare(request.Before, request.After, request.ErrorsBefore, request.ErrorsAfter, request.Options));
    }
}

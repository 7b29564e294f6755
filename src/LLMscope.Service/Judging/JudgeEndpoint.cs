namespace LLMscope.Service.Judging;

/// <summary>The engine for any series and any client: it judges what is sent and keeps nothing.</summary>
internal static class JudgeEndpoint
{
    private const string Title = "The series was not judged.";

    public static void MapJudge(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/judge", (HttpContext context, CancellationToken cancellation) => RequestBody.AnswerAsync(context, Title, Answer, cancellation))
            .WithTags("Judging").DisableAntiforgery()
            .WithSummary("Judges a series by control limits that are given or made from a baseline. Nothing is stored.")
            .Accepts<JudgeDocument>("application/json").Produces<JudgedResponse>().ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
    }

    private static JudgedResponse? Answer(JsonPlace body, CancellationToken cancellation)
    {
        if (JointRequest.IsAskedFor(body.Element))
            return JointRequest.Read(body) is { } joint ? JointAnswer.To(joint, cancellation) : null;

        return JudgeRequest.Read(body) is { } request ? JudgeAnswer.To(request, cancellation) : null;
    }
}

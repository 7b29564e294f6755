using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMscope.Service.Judging;

/// <summary>Exact run lengths for any client.</summary>
internal static class RunLengthEndpoint
{
    private const string Title = "The run length was not computed.";

    public static void MapRunLengths(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/run-lengths", Answer).WithTags("Judging").ProducesValidationProblem()
            .WithSummary("How many points rules take until their first signal, exactly: false alarms in control, the delay after a shift.");
    }

    private static Results<Ok<RunLengthResponse>, ProblemHttpResult> Answer([AsParameters] RunLengthQuery query, HttpRequest request)
    {
        var faults = new RequestFaults();
        foreach (var name in request.Query.Keys.Where(name => !RunLengthQuery.Names.Contains(name)))
            faults.Add(name, $"is not known here; known are {string.Join(", ", RunLengthQuery.Names)}");
        if (query.Read(faults) is not { } question)
            return faults.ToProblem(Title);

        try
        {
            return TypedResults.Ok(question.Answer());
        }
        catch (NotSupportedException unknown)
        {
            faults.Add("rules", unknown.Message);
            return faults.ToProblem(Title);
        }
    }
}

using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace LLMscope.Service.Judging;

/// <summary>The engine for any series and any client: it judges what is sent and keeps nothing.</summary>
internal static class JudgeEndpoint
{
    /// <summary>The largest body, in bytes: 200,000 values, as many of a baseline and their tokens fit in.</summary>
    private const long LargestBody = 32 * 1024 * 1024;

    private const string Title = "The series was not judged.";

    // A request of the largest size keeps a core busy for seconds; half of them stay free for what comes in.
    private static readonly SemaphoreSlim Seats = new(Math.Max(1, Environment.ProcessorCount / 2));

    public static void MapJudge(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/judge", (HttpContext context, CancellationToken cancellation) => JudgeAsync(context, cancellation)).WithTags("Judging").DisableAntiforgery()
            .WithSummary("Judges a series by control limits that are given or made from a baseline. Nothing is stored.")
            .Accepts<JudgeDocument>("application/json").Produces<JudgeResponse>().ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
    }

    private static async Task<IResult> JudgeAsync(HttpContext context, CancellationToken cancellation)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = LargestBody;
        if (!context.Request.HasJsonContentType())
            return TypedResults.Problem("Send application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType, title: Title);

        var faults = new RequestFaults();
        await Seats.WaitAsync(cancellation);
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, new JsonDocumentOptions { AllowDuplicateProperties = false }, cancellation);
            var request = JudgeRequest.Read(new JsonPlace(body.RootElement, "$", faults));
            return request is not null && JudgeAnswer.To(request, cancellation) is { } answer ? TypedResults.Ok(answer) : faults.ToProblem(Title);
        }
        catch (JsonException fault)
        {
            faults.Add("$", $"is not valid JSON: {fault.Message.Split(" LineNumber:")[0]} (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1})");
            return faults.ToProblem(Title);
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TypedResults.Problem($"The body may have {LargestBody} bytes at most.", statusCode: fault.StatusCode, title: "The request is too large.");
        }
        finally
        {
            Seats.Release();
        }
    }
}

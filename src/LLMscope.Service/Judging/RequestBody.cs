using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace LLMscope.Service.Judging;

/// <summary>The way of a request that is computed and not stored: its body read within a bound, its seat to compute waited for, its faults told.</summary>
internal static class RequestBody
{
    /// <summary>The largest body, in bytes: 200,000 values, as many of a baseline and their tokens fit in.</summary>
    private const long LargestBody = 32 * 1024 * 1024;

    // A request of the largest size keeps a core busy for seconds; half of them stay free for what comes in.
    private static readonly SemaphoreSlim Seats = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <param name="title">Of the problem that says what is wrong.</param>
    /// <param name="answer">Null where the faults of the place say why not.</param>
    public static async Task<IResult> AnswerAsync<T>(
        HttpContext context, string title, Func<JsonPlace, CancellationToken, T?> answer, CancellationToken cancellation)
        where T : class
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = LargestBody;
        if (!context.Request.HasJsonContentType())
            return TypedResults.Problem("Send application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType, title: title);

        var faults = new RequestFaults();
        try
        {
            // Read before a seat is taken: who sends slowly keeps nobody else waiting.
            using var body = await JsonDocument.ParseAsync(context.Request.Body, new JsonDocumentOptions { AllowDuplicateProperties = false }, cancellation);
            await Seats.WaitAsync(cancellation);
            try
            {
                return answer(new JsonPlace(body.RootElement, "$", faults), cancellation) is { } computed ? TypedResults.Ok(computed) : faults.ToProblem(title);
            }
            finally
            {
                Seats.Release();
            }
        }
        catch (JsonException fault)
        {
            faults.Add("$", $"is not valid JSON: {fault.Message.Split(" LineNumber:")[0]} (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1})");
            return faults.ToProblem(title);
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TypedResults.Problem($"The body may have {LargestBody} bytes at most.", statusCode: fault.StatusCode, title: "The request is too large.");
        }
    }
}

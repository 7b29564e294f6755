using LLMscope.Monitoring.Samples;
using Microsoft.AspNetCore.Mvc;

namespace LLMscope.Service.Samples;

/// <summary>What a sender is told.</summary>
internal static class IntakeAnswers
{
    private const int RetryAfterSeconds = 1;

    public static IResult Accepted(BatchReceipt receipt, ItemErrors errors) => TypedResults.Accepted(
        (string?)null, new IntakeReceipt(receipt.Accepted, receipt.Duplicates, errors.Items, errors.Count == 0 ? null : errors.Named));

    public static IResult Wrong(ItemErrors errors, string collection)
    {
        var problem = new HttpValidationProblemDetails(errors.Named
            .GroupBy(error => KeyOf(error, collection))
            .ToDictionary(group => group.Key, group => group.Select(error => error.Message).ToArray()))
        {
            Status = StatusCodes.Status400BadRequest,
            Title = "Nothing was accepted.",
            Detail = errors.Count == errors.Named.Count
                ? $"{InWords(errors)}. Correct {(errors.Items == 1 ? "it" : "them")}, or send with ?partial=true to have the others accepted."
                : $"{InWords(errors)}; the first {errors.Named.Count} of {errors.Count} errors are named.",
        };
        problem.Extensions["items"] = errors.Named;
        problem.Extensions["errorCount"] = errors.Count;
        return TypedResults.Problem(problem);
    }

    public static IResult Wrong(string message) => TypedResults.Problem(message, statusCode: StatusCodes.Status400BadRequest, title: "Nothing was accepted.");

    public static IResult TooLarge(string message) =>
        TypedResults.Problem(message, statusCode: StatusCodes.Status413PayloadTooLarge, title: "The request is too large.");

    /// <summary>The beginning of a long body is stored, and its end cannot be read.</summary>
    public static IResult BrokenOff(BatchReceipt stored, BodyFault fault) => TypedResults.Problem(new ProblemDetails
    {
        Status = fault.IsTooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest,
        Title = $"The items before were stored: {stored.Accepted} are new, {stored.Duplicates} were known.",
        Detail = fault.Message,
        Extensions = { ["accepted"] = stored.Accepted, ["duplicates"] = stored.Duplicates },
    });

    public static IResult UnknownMediaType(string? type) => TypedResults.Problem(
        $"The content type is '{type}'. Send application/json (one object, or an envelope with an array) application/x-ndjson (one object a line), or text/csv (a header, then one item a line).",
        statusCode: StatusCodes.Status415UnsupportedMediaType, title: "The content type is not understood.");

    public static IResult Full(HttpResponse response)
    {
        response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return TypedResults.Problem(
            "The inbox is full. Nothing was accepted; send the same items again shortly.",
            statusCode: StatusCodes.Status429TooManyRequests, title: "Too many samples at once.");
    }

    public static IResult NotReady(HttpResponse response, string title)
    {
        response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return TypedResults.Problem(
            new ProblemDetails { Status = StatusCodes.Status503ServiceUnavailable, Title = title, Detail = "Nothing was acknowledged; send the same items again shortly." });
    }

    private static string InWords(ItemErrors errors) => errors.Items == 1 ? "1 item is wrong" : $"{errors.Items} items are wrong";

    private static string KeyOf(ItemError error, string collection) =>
        error.Field.Length == 0 ? $"{collection}[{error.Index}]" : $"{collection}[{error.Index}].{error.Field}";
}

/// <summary>What became of a request whose items are on disk now.</summary>
/// <param name="Accepted">Items that were stored.</param>
/// <param name="Duplicates">Items that had been stored before, by their id.</param>
/// <param name="Rejected">Items that were wrong, where partial acceptance was asked for.</param>
/// <param name="Items">What was wrong with them.</param>
public sealed record IntakeReceipt(int Accepted, int Duplicates, int Rejected, IReadOnlyList<ItemError>? Items);

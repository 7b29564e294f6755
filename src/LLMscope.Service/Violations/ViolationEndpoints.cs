using System.ComponentModel.DataAnnotations;
using LLMscope.Monitoring;
using LLMscope.Monitoring.Charts;
using LLMscope.Service.Charts;
using LLMscope.Spc.Rules;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMscope.Service.Violations;

/// <summary>Violations to list, to look at, to acknowledge and to resolve.</summary>
internal static class ViolationEndpoints
{
    private const int MostListed = 1_000;
    private const int UsuallyListed = 100;

    // Until there are users, whoever reaches the API may act; what they call themselves is recorded.
    private const string Somebody = "api";

    public static void MapViolations(this IEndpointRouteBuilder routes)
    {
        var violations = routes.MapGroup("/api/v1").WithTags("Violations").DisableAntiforgery();
        violations.MapGet("/violations", ListAsync).WithSummary("Violations, newest first.");
        violations.MapGet("/violations.csv", ViolationCsv.ExportAsync).WithSummary("All violations that match, as CSV.");
        violations.MapGet("/violations/{id:guid}", FindAsync).WithSummary("One violation with its rules in words and the points around it.");
        violations.MapPost("/violations/{id:guid}/acknowledge", AcknowledgeAsync).WithSummary("Someone looks at it.");
        violations.MapPost("/violations/{id:guid}/resolve", ResolveAsync).WithSummary("Someone closes it and may name its cause.");
    }

    private static async Task<Results<Ok<ViolationList>, ValidationProblem>> ListAsync(
        [AsParameters] ViolationQuery query, int? most, ViolationBook book, ChartBoard board, CancellationToken cancellation)
    {
        var faults = query.Read(out var filter);
        if (most is < 1 or > MostListed)
            (faults ??= [])["most"] = [$"must be from 1 to {MostListed}"];
        if (faults is not null)
            return TypedResults.ValidationProblem(faults);

        var wanted = most ?? UsuallyListed;
        var rarity = new ViolationRarity(board);
        var found = new List<ViolationResponse>();
        await foreach (var violation in book.ListAsync(filter, wanted + 1, cancellation))
            found.Add(ViolationResponse.Of(violation, rarity));

        return TypedResults.Ok(new ViolationList(found.Count > wanted ? found[..wanted] : found, found.Count > wanted));
    }

    private static async Task<Results<Ok<ViolationResponse>, NotFound>> FindAsync(
        Guid id, ViolationBook book, PointHistory history, BaselineBook baselines, ChartBoard board, CancellationToken cancellation)
    {
        if (await book.FindAsync(id, cancellation) is not { } found)
            return TypedResults.NotFound();

        var violation = found.Violation;
        var points = await history.AroundAsync(violation, cancellation);
        var before = await history.BetweenAsync(
            violation.ChartId, violation.OpenedNumber - ViolationExplanation.PointsBefore, violation.OpenedNumber, ViolationExplanation.PointsBefore, cancellation);
        var baseline = (await baselines.ListAsync(violation.ChartId, cancellation)).FirstOrDefault(baseline => baseline.Id == violation.BaselineId);
        var explained = ViolationExplanation.Of(violation, baseline, board.Find(violation.ChartId)?.Detection, before);
        var told = ViolationResponse.Of(found, new ViolationRarity(board));
        return TypedResults.Ok(told with
        {
            Change = told.Change.With(explained.Shift),
            Parts = explained.Parts,
            RuleTexts = [.. explained.Rules.Select(rule => new RuleResponse(RuleText.Name(rule.Rule), rule.Title, rule.Meaning, rule.OpenedIt, rule.OnceInPoints))],
            Points = [.. points.Select(PointResponse.Of)],
        });
    }

    private static async Task<Results<Ok<ViolationResponse>, NotFound, ValidationProblem>> AcknowledgeAsync(
        Guid id, ViolationBook book, ChartBoard board, Acknowledgement? request, CancellationToken cancellation) =>
        FaultsOf(request?.By, cause: null) is { } faults
            ? TypedResults.ValidationProblem(faults)
            : await book.AcknowledgeAsync(id, request?.By ?? Somebody, cancellation) is { } violation
            ? TypedResults.Ok(ViolationResponse.Of(violation, new ViolationRarity(board)))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<ViolationResponse>, NotFound, ValidationProblem>> ResolveAsync(
        Guid id, ViolationResolution resolution, ChartBoard board, Resolution? request, CancellationToken cancellation) =>
        FaultsOf(request?.By, request?.Cause) is { } faults
            ? TypedResults.ValidationProblem(faults)
            : await resolution.ResolveAsync(id, request?.By ?? Somebody, request?.Cause, cancellation) is { } violation
            ? TypedResults.Ok(ViolationResponse.Of(violation, new ViolationRarity(board)))
            : TypedResults.NotFound();

    // A cause may have several lines; a name has one.
    private static Dictionary<string, string[]>? FaultsOf(string? by, string? cause)
    {
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (by?.Any(char.IsControl) == true)
            faults["by"] = ["must not contain control characters"];
        if (cause?.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')) == true)
            faults["cause"] = ["must not contain control characters other than line breaks and tabs"];

        return faults.Count == 0 ? null : faults;
    }
}

/// <param name="By">Who acknowledges.</param>
public sealed record Acknowledgement([property: StringLength(200)] string? By);

/// <param name="By">Who resolves.</param>
/// <param name="Cause">The assignable cause, in words.</param>
public sealed record Resolution([property: StringLength(200)] string? By, [property: StringLength(2_000)] string? Cause);

using LLMscope.Monitoring.Alerts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMscope.Service;

/// <summary>What is wrong with the fields of a request, as a problem+json tells it: by field, in the order in which it was found.</summary>
internal static class FieldFaults
{
    public static Dictionary<string, string[]> Of(IEnumerable<FieldProblem> problems) => problems
        .GroupBy(problem => problem.Field, StringComparer.Ordinal)
        .ToDictionary(field => field.Key, field => field.Select(problem => problem.Message).ToArray(), StringComparer.Ordinal);

    /// <summary>The answer where one field is wrong.</summary>
    public static ValidationProblem One(string field, string message) => TypedResults.ValidationProblem(Of([new FieldProblem(field, message)]));
}

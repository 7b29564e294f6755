using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMscope.Service.Judging;

/// <summary>Everything that is wrong with a request, by its place, so that one answer names it all. So many are named at most.</summary>
internal sealed class RequestFaults
{
    private const int MostNamed = 100;

    private readonly Dictionary<string, List<string>> _messages = new(StringComparer.Ordinal);

    public int Count { get; private set; }

    public bool Any => Count > 0;

    /// <param name="place">A JSON path such as <c>$.limits.zones[3]</c>, or the name of a query parameter.</param>
    /// <param name="message">What goes on after the place: <c>must be a finite number</c>.</param>
    public void Add(string place, string message)
    {
        if (Count++ >= MostNamed)
            return;
        if (_messages.TryGetValue(place, out var known))
            known.Add(message);
        else
            _messages[place] = [message];
    }

    public ProblemHttpResult ToProblem(string title)
    {
        var problem = new HttpValidationProblemDetails(_messages.ToDictionary(place => place.Key, place => place.Value.ToArray()))
        {
            Status = StatusCodes.Status400BadRequest,
            Title = title,
            Detail = Count > MostNamed ? $"The first {MostNamed} of {Count} errors are named." : null,
        };
        problem.Extensions["errorCount"] = Count;
        return TypedResults.Problem(problem);
    }
}

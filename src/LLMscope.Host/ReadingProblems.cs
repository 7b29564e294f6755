namespace LLMscope.Host;

/// <summary>What cannot be read now, so that it is said once when it begins and once when it is over.</summary>
public sealed class ReadingProblems
{
    // One entry for each kind of readings.
    private readonly Dictionary<string, string> _problems = [];

    /// <param name="problem">What is wrong with the reading; null where nothing is.</param>
    /// <returns>Whether that is news.</returns>
    public bool IsNews(string reading, string? problem)
    {
        if (problem == _problems.GetValueOrDefault(reading))
            return false;

        if (problem is null)
            _problems.Remove(reading);
        else
            _problems[reading] = problem;
        return true;
    }
}

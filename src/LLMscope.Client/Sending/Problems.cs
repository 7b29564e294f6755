namespace LLMscope.Client.Sending;

/// <summary>Tells the application what goes wrong, each problem once until another one or none takes its place.</summary>
internal sealed class Problems(Action<string>? listener)
{
    private readonly Dictionary<string, string> _told = []; // bounded by the things that can fail: sending, losing, refusing, measuring

    public void Tell(string what, string? problem)
    {
        if (listener is null)
            return;

        lock (_told)
        {
            if (_told.GetValueOrDefault(what) == problem)
                return;
            if (problem is null)
                _told.Remove(what);
            else
                _told[what] = problem;
        }

        try
        {
            listener(problem ?? "LLMscope takes measurements again.");
        }
        catch (Exception)
        {
            // Who listens is the application; a fault of its ear must end neither its call nor the sending.
            return;
        }
    }
}

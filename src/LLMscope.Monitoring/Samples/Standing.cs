namespace LLMscope.Monitoring.Samples;

/// <summary>
/// Whether a sample may be judged, and why not. Decided once, before it is stored, and stored with it,
/// so that a restart judges exactly the samples that the first run judged.
/// </summary>
public enum Standing : byte
{
    /// <summary>Takes part in its chart.</summary>
    Judged = 0,

    /// <summary>Older than a sample of its series that was archived before.</summary>
    Late = 1,

    /// <summary>Of a call that failed: a fast failure is not a fast answer.</summary>
    Failed = 2,

    /// <summary>Of a call that a cache answered.</summary>
    CacheHit = 3,

    /// <summary>Of a call that waited for a model to load.</summary>
    ColdStart = 4,

    /// <summary>Of a second or later attempt.</summary>
    Retry = 5,

    /// <summary>Takes part in its chart as history: it was old when it arrived, so what it shows is recorded and nobody is told of it.</summary>
    History = 6,
}

public static class Standings
{
    /// <summary>Whether such samples make points.</summary>
    public static bool IsCharted(this Standing standing) => standing is Standing.Judged or Standing.History;
}

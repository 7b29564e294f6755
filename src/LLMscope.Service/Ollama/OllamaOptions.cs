namespace LLMscope.Service.Ollama;

/// <summary>Whether and how LLMscope asks an Ollama server, which has no metrics of its own.</summary>
internal sealed class OllamaOptions
{
    public const string Section = "LLMscope:Ollama";

    /// <summary>For example <c>http://localhost:11434</c>. Left out, nothing is asked.</summary>
    public string? Address { get; init; }

    /// <summary>Time between two looks at the models in memory.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long Ollama may take to tell which models are in memory.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Left out, no prompt is ever sent.</summary>
    public ProbeOptions? Probe { get; init; }
}

/// <summary>
/// A prompt that is sent again and again to measure the server alone. It costs what any call costs: it loads the model, and keeps it in memory as long as
/// its time between calls is shorter than Ollama's <c>keep_alive</c>.
/// </summary>
internal sealed class ProbeOptions
{
    public string Model { get; init; } = "";

    public string Prompt { get; init; } = "";

    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Tokens that the answer may have.</summary>
    public int MostTokens { get; init; } = 16;

    /// <summary>After which a probe is given up, loading included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);
}

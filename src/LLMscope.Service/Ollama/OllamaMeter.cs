using System.Diagnostics.Metrics;
using LLMscope.Service.Observability;

namespace LLMscope.Service.Ollama;

/// <summary>Counts what was asked of Ollama, and what was lost of the answers.</summary>
internal sealed class OllamaMeter
{
    private readonly Counter<long> _questions;
    private readonly Counter<long> _dropped;

    public OllamaMeter(IMeterFactory meters)
    {
        var meter = meters.Create(ChosenInstruments.Own);
        _questions = meter.CreateCounter<long>("llmscope.ollama.questions", "{question}", "Looks at the models in memory (ps) and probes, by outcome.");
        _dropped = meter.CreateCounter<long>("llmscope.ollama.dropped", "{sample}", "Values of Ollama that found no room.");
    }

    public void Asked(string question, bool isFault) =>
        _questions.Add(1, new KeyValuePair<string, object?>("question", question), new KeyValuePair<string, object?>("outcome", isFault ? "failed" : "ok"));

    public void Dropped(int samples) => _dropped.Add(samples);
}

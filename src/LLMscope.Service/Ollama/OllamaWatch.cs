using LLMscope.Monitoring;
using LLMscope.Monitoring.Samples;
using LLMscope.Service.Samples;
using LLMscope.Service.Scraping.Deriving;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Ollama;

/// <summary>
/// Asks Ollama which models are in memory, and sends the probe where there is one. Both go on by themselves; neither is sent again before its answer is
/// there or given up. What is not known is not sent, so a chart shows no data rather than zero.
/// </summary>
internal sealed partial class OllamaWatch(
    SeriesCatalog catalog, SampleInbox inbox, MonitoringHealth health, OllamaMeter meter,
    IOptions<OllamaOptions> options, TimeProvider clock, ILogger<OllamaWatch> logger) : BackgroundService
{
    public const string Provider = "ollama";
    public const string ProbeApplication = "llmscope-probe";

    private readonly Measurements _measurements = new(catalog, inbox);

    // What was wrong last, by question: two at most.
    private readonly Dictionary<string, string> _problems = [];
    private readonly Lock _telling = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (OllamaOptionsCheck.AddressOf(options.Value.Address) is not { } address)
            return;

        await health.ReadyAsync(stoppingToken);
        using var server = new OllamaServer(address, clock);
        await Task.WhenAll(LookAsync(server, stoppingToken), options.Value.Probe is { } probe ? ProbeAsync(server, probe, stoppingToken) : Task.CompletedTask);
    }

    private async Task LookAsync(OllamaServer server, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        do
        {
            var time = EventTime.WholeMicroseconds(clock.GetUtcNow());
            var (models, problem) = await server.ReadModelsAsync(options.Value.Timeout, cancellation);
            Add(server.Name, models, time, problem);
            var (count, homeless) = (_measurements.Count, _measurements.Homeless);
            _measurements.Offer(out var isFull);
            Note(server.Name, "ps", problem, homeless + (isFull ? count : 0));
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private void Add(string host, IReadOnlyList<ResidentModel> models, DateTime time, string? problem)
    {
        var source = new Source(Provider: Provider, Host: host);
        var own = new Source(Host: host, Operation: "ps", Application: "llmscope-ollama");
        _measurements.Add(own, Characteristic.Find(Characteristic.Error)!, time, problem is null ? 0 : 1);
        if (problem is not null)
            return;

        _measurements.Add(source, Rule.Named("models_loaded", "{model}"), time, models.Count);
        foreach (var model in models)
        {
            var ofModel = source.With(SourcePart.Model, model.Name);
            _measurements.Add(ofModel, Rule.Named("model_gpu_memory", "By"), time, model.GpuMemory);
            if (model.GpuShare is { } share)
                _measurements.Add(ofModel, Rule.Named("model_gpu_share"), time, share);
        }
    }

    private async Task ProbeAsync(OllamaServer server, ProbeOptions probe, CancellationToken cancellation)
    {
        var source = new Source(Provider: Provider, Model: probe.Model, Operation: "probe", Application: ProbeApplication, Host: server.Name);
        using var timer = new PeriodicTimer(probe.Every, clock);
        do
        {
            var answer = await server.ProbeAsync(probe, source, cancellation);
            Note(server.Name, "probe", answer.Problem, Offer(answer));
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    /// <summary>Puts a call with its samples into the inbox; a call is stored with all of them or not at all.</summary>
    /// <returns>How many samples were lost.</returns>
    private int Offer(ProbeAnswer answer)
    {
        var samples = new List<Sample>();
        var length = TokenCounts.Of(answer.Call);
        var values = answer.Values().ToArray();
        foreach (var (name, value) in values)
        {
            if (!catalog.TryGetOrAdd(answer.Call.Source, Characteristic.Find(name)!, out var series))
                return values.Length;
            samples.Add(new Sample(series, answer.Call.Time, value, CallSamples.StandingOf(answer.Call, name), Call: 0, length));
        }

        return inbox.TryAccept(new SampleBatch(samples.ToArray(), [answer.Call])) ? 0 : values.Length;
    }

    private void Note(string server, string question, string? problem, int dropped)
    {
        meter.Asked(question, problem is not null);
        meter.Dropped(dropped);

        var told = problem ?? (dropped > 0 ? $"{dropped} values found no room." : null);
        lock (_telling)
        {
            var before = _problems.GetValueOrDefault(question);
            if (told == before)
                return;

            if (told is null)
                _problems.Remove(question);
            else
                _problems[question] = told;
        }

        if (told is null)
            LogWorks(server, question);
        else
            LogProblem(server, question, told);
    }

    [LoggerMessage(LogLevel.Warning, "Ollama at {Server} ({Question}): {Problem}")]
    private partial void LogProblem(string server, string question, string problem);

    [LoggerMessage(LogLevel.Information, "Ollama at {Server} ({Question}) works again.")]
    private partial void LogWorks(string server, string question);
}

using LLMscope.Monitoring.Samples;
using LLMscope.Service.Ollama;
using LLMscope.Tests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Tests.Ollama;

/// <summary>Ollama looked at again and again, and the probe beside it.</summary>
public sealed class OllamaWatchTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private readonly MonitoringParts _parts = new();
    private readonly MeterReadings _readings = new();
    private readonly HeardLog<OllamaWatch> _log = new();
    private OllamaStandIn _ollama = null!;
    private OllamaWatch? _watch;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _ollama = await OllamaStandIn.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_watch is not null)
            await _watch.StopAsync(CancellationToken.None);
        _watch?.Dispose();
        await _ollama.DisposeAsync();
        await _parts.DisposeAsync();
        _readings.Dispose();
    }

    [Fact]
    public async Task Models_in_memory_are_sent_at_every_interval()
    {
        _ollama.Models = OllamaStandIn.TwoModels;
        await StartAsync(null);

        Assert.Equal(
        [
            "error 0 []", "models_loaded 2 []", "model_gpu_memory 2000000000 [llama3.2:1b]", "model_gpu_share 1 [llama3.2:1b]",
            "model_gpu_memory 1250000000 [mistral:latest]", "model_gpu_share 0.25 [mistral:latest]",
        ], Described(await TakeAsync()));

        _ollama.Models = """{"models":[]}""";
        _clock.Advance(TimeSpan.FromSeconds(15));
        var second = await TakeAsync();
        Assert.Equal(["error 0 []", "models_loaded 0 []"], Described(second));
        Assert.Equal(new Source(Host: new Uri(_ollama.Url).Authority, Operation: "ps", Application: "llmscope-ollama"), second[0].Series.Source);
    }

    [Fact]
    public async Task An_Ollama_that_is_gone_is_an_error_and_a_gap_never_zero_models()
    {
        _ollama.ModelsStatus = 500;
        await StartAsync(null);

        Assert.Equal(["error 1 []"], Described(await TakeAsync()));
        Assert.Equal(1, _readings["llmscope.ollama.questions ps failed"]);
    }

    [Fact]
    public async Task A_probe_is_a_call_of_its_own_source_with_all_its_samples()
    {
        await StartAsync(new ProbeOptions { Model = "llama3.2:1b", Prompt = "Hello" });

        var batch = await TakeProbeAsync();

        var call = Assert.Single(batch.Calls);
        Assert.Equal(new Source(Provider: "ollama", Model: "llama3.2:1b", Operation: "probe", Application: "llmscope-probe", Host: new Uri(_ollama.Url).Authority), call.Source);
        Assert.Equal(5, batch.Samples.Length);
        Assert.All(batch.Samples.ToArray(), sample => Assert.Equal((0, call.Source), (sample.Call, sample.Series.Source)));
    }

    [Fact]
    public async Task The_next_probe_waits_for_the_answer_to_the_last_one()
    {
        var answered = new TaskCompletionSource();
        var open = 0;
        _ollama.Generate = async context =>
        {
            Assert.Equal(1, Interlocked.Increment(ref open));
            await answered.Task;
            Interlocked.Decrement(ref open);
            await context.Response.WriteAsync(OllamaStandIn.Answer);
        };
        await StartAsync(new ProbeOptions { Model = "llama3.2:1b", Prompt = "Hello", Every = TimeSpan.FromSeconds(10) });
        await _ollama.NextPromptAsync();
        for (var i = 0; i < 5; i++)
            _clock.Advance(TimeSpan.FromSeconds(10)); // The probe is given up after a minute.

        answered.SetResult();

        Assert.Equal(CallStatus.Ok, (await TakeProbeAsync()).Calls[0].Status);
        Assert.Equal(CallStatus.Ok, (await TakeProbeAsync()).Calls[0].Status); // One tick of the five was kept, the others are missed.
    }

    [Fact]
    public async Task A_probe_that_finds_the_inbox_full_is_lost_and_counted()
    {
        _parts.Fill(1_000);
        await StartAsync(new ProbeOptions { Model = "llama3.2:1b", Prompt = "Hello" });

        while (_log.Lines.Count < 2)
            await Task.Yield();

        Assert.Equal(7, _readings["llmscope.ollama.dropped"]);
        Assert.Equal(2, _log.Lines.Count(line => line.EndsWith("values found no room.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_an_address_nothing_is_asked()
    {
        _watch = NewWatch(new OllamaOptions());
        _parts.Start();
        await _watch.StartAsync(Cancellation);
        await _watch.ExecuteTask!;

        Assert.Equal(0, _parts.Inbox.Waiting);
    }

    [Theory]
    [InlineData("localhost:11434", null, "LLMscope:Ollama:Address must be an http or https address")]
    [InlineData(null, "x", "LLMscope:Ollama:Address must be given where there is a Probe")]
    [InlineData("http://localhost:11434", "", "LLMscope:Ollama:Probe:Prompt must have between")]
    public void What_is_wrong_is_named_with_its_key(string? address, string? prompt, string problem)
    {
        var options = new OllamaOptions { Address = address, Probe = prompt is null ? null : new ProbeOptions { Model = "m", Prompt = prompt } };

        Assert.StartsWith(problem, Assert.Single(new OllamaOptionsCheck().Validate(null, options).Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_service_stores_what_it_measures()
    {
        _ollama.Models = OllamaStandIn.TwoModels;
        await using var host = await ServiceHost.StartAsync(
            ("LLMscope:Ollama:Address", _ollama.Url), ("LLMscope:Ollama:Probe:Model", "llama3.2:1b"), ("LLMscope:Ollama:Probe:Prompt", "Hello"));
        while (await host.CountAsync("calls") < 1 || await host.AskAsync<long>("SELECT count(*) FROM series WHERE characteristic = 'model_gpu_memory'") < 2)
            Cancellation.ThrowIfCancellationRequested();

        Assert.Equal("llmscope-probe", await host.AskAsync<string>("SELECT o.application FROM calls c JOIN sources o ON o.id = c.source_id LIMIT 1"));
    }

    private async Task StartAsync(ProbeOptions? probe)
    {
        _watch = NewWatch(new OllamaOptions { Address = _ollama.Url, Probe = probe });
        _parts.Start();
        await _watch.StartAsync(Cancellation);
    }

    private OllamaWatch NewWatch(OllamaOptions options) => new(
        _parts.Catalog, _parts.Inbox, _parts.Health, new OllamaMeter(_readings.Factory), Options.Create(options), _clock, _log);

    private async Task<Sample[]> TakeAsync()
    {
        var group = new List<SampleBatch>();
        Assert.True(await _parts.Inbox.TakeGroupAsync(group, Cancellation));
        _parts.Inbox.Release(group);
        return [.. group.SelectMany(batch => batch.Samples.ToArray())];
    }

    private async Task<SampleBatch> TakeProbeAsync()
    {
        var group = new List<SampleBatch>();
        while (true)
        {
            Assert.True(await _parts.Inbox.TakeGroupAsync(group, Cancellation));
            _parts.Inbox.Release(group);
            if (group.Find(batch => batch.Calls.Count > 0) is { } probe)
                return probe;
        }
    }

    private static List<string> Described(IEnumerable<Sample> samples) =>
        [.. samples.Select(sample => $"{sample.Series.Characteristic.Name} {sample.Value} [{sample.Series.Source.Model}]")];
}

using LLMscope.Monitoring.Samples;
using LLMscope.Service.Ollama;
using LLMscope.Tests;
using Microsoft.AspNetCore.Http;

namespace LLMscope.Service.Tests.Ollama;

/// <summary>What is asked of Ollama and what is made of its answers, the faulty ones included.</summary>
public sealed class OllamaServerTests : IAsyncLifetime
{
    private static readonly Source Probed = new(Model: "llama3.2:1b");
    private static readonly ProbeOptions Probe = new() { Model = "llama3.2:1b", Prompt = "What is the capital of France?", MostTokens = 8 };

    private readonly ManualClock _clock = new();
    private OllamaStandIn _ollama = null!;
    private OllamaServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _ollama = await OllamaStandIn.StartAsync();
        _server = new OllamaServer(new Uri(_ollama.Url), _clock);
    }

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await _ollama.DisposeAsync();
    }

    [Fact]
    public async Task The_models_in_memory_come_with_their_share_on_the_GPU()
    {
        _ollama.Models = OllamaStandIn.TwoModels;

        var (models, problem) = await _server.ReadModelsAsync(TimeSpan.FromSeconds(10), Cancellation);

        Assert.Null(problem);
        Assert.Equal([("llama3.2:1b", 2e9, 1.0), ("mistral:latest", 1.25e9, 0.25)], models.Select(model => (model.Name, model.GpuMemory, model.GpuShare!.Value)));
        Assert.Equal("/api/ps", (await _ollama.NextAsync()).Path);
    }

    [Theory]
    [InlineData("""{"models":[]}""")]
    [InlineData("""{"models":null}""")]
    public async Task No_model_in_memory_is_an_answer(string answer)
    {
        _ollama.Models = answer;

        var (models, problem) = await _server.ReadModelsAsync(TimeSpan.FromSeconds(10), Cancellation);

        Assert.Equal((0, null), (models.Count, problem));
    }

    [Fact]
    public async Task A_model_on_the_processor_alone_has_nothing_on_the_GPU()
    {
        _ollama.Models = """{"models":[{"name":"a","size":100}]}""";

        var (models, _) = await _server.ReadModelsAsync(TimeSpan.FromSeconds(10), Cancellation);

        Assert.Equal((0, 0), (models[0].GpuMemory, models[0].GpuShare));
    }

    [Theory]
    [InlineData("""{"models":[{"size":1}]}""", 200)]
    [InlineData("""{"error":"x"}""", 200)]
    [InlineData("[]", 200)]
    [InlineData("<html>", 200)]
    [InlineData("", 200)]
    [InlineData("""{"models":[]}""", 500)]
    [InlineData("""{"models":[]}""", 302)]
    public async Task An_answer_that_lists_no_models_is_a_problem(string answer, int status)
    {
        (_ollama.Models, _ollama.ModelsStatus) = (answer, status);

        var (models, problem) = await _server.ReadModelsAsync(TimeSpan.FromSeconds(10), Cancellation);

        Assert.Empty(models);
        Assert.NotNull(problem);
    }

    [Fact]
    public async Task A_probe_becomes_a_call_with_the_timings_of_the_server()
    {
        var answer = await _server.ProbeAsync(Probe, Probed, Cancellation);

        Assert.Equal(
            """{"model":"llama3.2:1b","prompt":"What is the capital of France?","stream":false,"options":{"num_predict":8,"temperature":0,"seed":1}}""",
            (await _ollama.NextPromptAsync()).ToJsonString());
        var call = answer.Call;
        Assert.Equal((0.5, 0.1, 12, 8, "stop"), (call.Duration, call.TimeToFirstToken, call.InputTokens, call.OutputTokens, call.FinishReason));
        Assert.Equal((CallStatus.Ok, false, 200), (call.Status, call.ColdStart, call.HttpStatus));
        Assert.Equal(
            ["duration 0.5", "error 0", "time_per_output_token 0.04", "time_to_first_token 0.1", "tokens_per_second 16"],
            answer.Values().Select(value => $"{value.Characteristic} {Math.Round(value.Value, 9)}").Order(StringComparer.Ordinal));
        Assert.Null(answer.Problem);
    }

    [Fact]
    public async Task Loading_for_more_than_a_second_is_a_cold_start()
    {
        _ollama.GenerateWith("""
            {"done":true,"total_duration":3500000000,"load_duration":3000000000,"prompt_eval_count":2,"prompt_eval_duration":100000000,
             "eval_count":4,"eval_duration":400000000}
            """);

        var answer = await _server.ProbeAsync(Probe, Probed, Cancellation);

        Assert.True(answer.Call.ColdStart);
        Assert.Equal(3.1, answer.Call.TimeToFirstToken!.Value, precision: 9);
        Assert.Equal(Standing.ColdStart, CallSamples.StandingOf(answer.Call, Characteristic.Duration));
    }

    [Fact]
    public async Task A_prompt_that_was_in_the_cache_has_no_count_of_its_tokens()
    {
        _ollama.GenerateWith("""{"done":true,"done_reason":"stop","total_duration":400000000,"load_duration":10000000,"eval_count":4,"eval_duration":200000000}""");

        var call = (await _server.ProbeAsync(Probe, Probed, Cancellation)).Call;

        Assert.Equal((null, 4, 0.01), (call.InputTokens, call.OutputTokens, call.TimeToFirstToken));
    }

    [Theory]
    [InlineData(404, """{"error":"model 'llama3.2:1b' not found"}""", ErrorCategory.Client, "model 'llama3.2:1b' not found")]
    [InlineData(400, """{"error":"x"}""", ErrorCategory.Client, "x")]
    [InlineData(429, "", ErrorCategory.RateLimit, "The answer is 429.")]
    [InlineData(500, """{"error":"model runner has unexpectedly stopped"}""", ErrorCategory.Server, "model runner has unexpectedly stopped")]
    [InlineData(503, """{"error":"server busy, please try again."}""", ErrorCategory.Server, "server busy, please try again.")]
    [InlineData(504, "<html>", ErrorCategory.Timeout, "The answer is 504.")]
    [InlineData(307, "", ErrorCategory.Client, "The answer is 307.")]
    [InlineData(200, """{"error":"an error was encountered while running the model"}""", ErrorCategory.Model, "an error was encountered while running the model")]
    [InlineData(200, """{"model":"m","response":"","done":false}""", ErrorCategory.Server, "The answer is not complete.")]
    [InlineData(200, """{"done":true}""", ErrorCategory.Server, "The answer is not complete.")]
    [InlineData(200, "{}\n{}", ErrorCategory.Server, "The answer is no JSON.")]
    [InlineData(200, "[1]", ErrorCategory.Server, "The answer is not complete.")]
    public async Task A_probe_that_fails_is_a_call_with_its_category_and_no_time(int status, string body, ErrorCategory category, string problem)
    {
        _ollama.GenerateWith(body, status);

        var answer = await _server.ProbeAsync(Probe, Probed, Cancellation);

        Assert.Equal((CallStatus.Error, category, null, status), (answer.Call.Status, answer.Call.ErrorCategory, answer.Call.Duration, answer.Call.HttpStatus));
        Assert.Equal(problem, answer.Problem);
        Assert.Equal([("error", 1.0)], answer.Values());
    }

    [Fact]
    public async Task Text_that_is_no_Unicode_is_a_fault_of_the_server_and_what_cannot_be_stored_is_left_out()
    {
        _ollama.Models = """{"models":[{"name":"\ud800","size":1}]}""";
        Assert.NotNull((await _server.ReadModelsAsync(TimeSpan.FromSeconds(10), Cancellation)).Problem);

        _ollama.GenerateWith("""{"error":"\ud800"}""");
        Assert.Equal(ErrorCategory.Server, (await _server.ProbeAsync(Probe, Probed, Cancellation)).Call.ErrorCategory);

        _ollama.GenerateWith("""{"done":true,"total_duration":1000,"done_reason":"a\u0000b"}""");
        Assert.Equal("a b", (await _server.ProbeAsync(Probe, Probed, Cancellation)).Call.FinishReason);
    }

    [Fact]
    public async Task A_probe_without_an_answer_is_given_up_and_one_to_nobody_is_a_fault_of_the_network()
    {
        _ollama.GenerateNever();
        var probing = _server.ProbeAsync(Probe, Probed, Cancellation);
        await _ollama.NextPromptAsync();
        _clock.Advance(Probe.Timeout);

        Assert.Equal(ErrorCategory.Timeout, (await probing).Call.ErrorCategory);

        using var nobody = new OllamaServer(new Uri("http://127.0.0.1:1"), _clock); // Nobody listens on port 1.
        Assert.Equal(ErrorCategory.Network, (await nobody.ProbeAsync(Probe, Probed, Cancellation)).Call.ErrorCategory);
        Assert.NotNull((await nobody.ReadModelsAsync(TimeSpan.FromSeconds(1), Cancellation)).Problem);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_answer_is_a_fault_of_the_network()
    {
        _ollama.Generate = async context =>
        {
            context.Response.ContentLength = 1_000;
            await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            context.Abort();
        };

        Assert.Equal(ErrorCategory.Network, (await _server.ProbeAsync(Probe, Probed, Cancellation)).Call.ErrorCategory);
    }
}

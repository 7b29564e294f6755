using System.Text.Json.Nodes;
using LLMscope.Service.Tests.Scraping;
using Microsoft.AspNetCore.Http;

namespace LLMscope.Service.Tests.Ollama;

/// <summary>Speaks as Ollama does: what its API documentation shows for the two addresses that LLMscope asks, and the faults that it has.</summary>
internal sealed class OllamaStandIn : IAsyncDisposable
{
    public const string TwoModels = """
        {"models":[
          {"name":"llama3.2:1b","model":"llama3.2:1b","size":2000000000,"digest":"baf6a787fdff",
           "details":{"format":"gguf","family":"llama","parameter_size":"1.2B","quantization_level":"Q8_0"},
           "expires_at":"2026-03-01T12:05:00.123456789Z","size_vram":2000000000,"context_length":4096},
          {"name":"mistral:latest","model":"mistral:latest","size":5000000000,"digest":"2ae6f6dd7a3d",
           "details":{"format":"gguf"},"expires_at":"2026-03-01T12:05:00Z","size_vram":1250000000}]}
        """;

    public const string Answer = """
        {"model":"llama3.2:1b","created_at":"2026-03-01T12:00:00.5Z","response":"Paris.","done":true,"done_reason":"stop","context":[1,2,3],
         "total_duration":500000000,"load_duration":20000000,"prompt_eval_count":12,"prompt_eval_duration":80000000,"eval_count":8,"eval_duration":320000000}
        """;

    private PageServer _server = null!;

    public string Url => _server.Url;

    public string Models { get; set; } = """{"models":[]}""";

    public Func<HttpContext, Task> Generate { get; set; } = context => context.Response.WriteAsync(Answer);

    public int ModelsStatus { get; set; } = 200;

    public static async Task<OllamaStandIn> StartAsync()
    {
        var ollama = new OllamaStandIn { _server = await PageServer.StartAsync() };
        ollama._server.Answer = ollama.AnswerAsync;
        return ollama;
    }

    public void GenerateWith(string answer, int status = 200) => Generate = context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(answer);
    };

    public void GenerateNever() => Generate = async context =>
    {
        var gone = new TaskCompletionSource();
        await using var _ = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    };

    /// <summary>The next prompt that came.</summary>
    public async Task<JsonNode> NextPromptAsync()
    {
        while (true)
        {
            var request = await _server.NextAsync();
            if (request.Path == "/api/generate")
                return JsonNode.Parse(request.Body)!;
        }
    }

    public Task<HeardRequest> NextAsync() => _server.NextAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        switch (context.Request.Method, context.Request.Path.Value)
        {
            case ("GET", "/api/ps"):
                context.Response.StatusCode = ModelsStatus;
                return context.Response.WriteAsync(Models);
            case ("POST", "/api/generate"):
                return Generate(context);
            default:
                context.Response.StatusCode = 404;
                return context.Response.WriteAsync("404 page not found");
        }
    }
}

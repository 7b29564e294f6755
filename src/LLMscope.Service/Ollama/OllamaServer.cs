using System.Net;
using System.Text.Json;
using LLMscope.Monitoring.Samples;
using LLMscope.Service.Samples;

namespace LLMscope.Service.Ollama;

/// <summary>Speaks to one Ollama server over its own API. No redirect is followed, and no more of an answer is read than an honest one has.</summary>
/// <remarks>ollama/ollama, docs/api.md: "List Running Models" and "Generate a completion".</remarks>
internal sealed class OllamaServer(Uri address, TimeProvider clock) : IDisposable
{
    private const int LargestAnswer = 4 * 1024 * 1024;

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // Each question has its own.
        MaxResponseContentBufferSize = LargestAnswer,
    };

    /// <summary>Host and port, as charts name the server.</summary>
    public string Name => address.Authority;

    /// <summary>The models in memory, or why they are not known.</summary>
    public async Task<(IReadOnlyList<ResidentModel> Models, string? Problem)> ReadModelsAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            using var response = await _client.GetAsync(At("api/ps"), either.Token);
            if (response.StatusCode != HttpStatusCode.OK)
                return ([], $"The answer is {(int)response.StatusCode} {response.StatusCode} instead of 200.");

            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(either.Token));
            return ResidentModel.Parse(answer.RootElement) is { } models ? (models, null) : ([], "The answer does not list models.");
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return ([], Late(timeout));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or JsonException or InvalidOperationException)
        {
            return ([], fault.Message); // The last is of a text that is no Unicode.
        }
    }

    /// <summary>Sends the prompt and takes what the server measured.</summary>
    public async Task<ProbeAnswer> ProbeAsync(ProbeOptions probe, Source source, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(probe.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            // The same answer each time, as far as the server can.
            var request = new { model = probe.Model, prompt = probe.Prompt, stream = false, options = new { num_predict = probe.MostTokens, temperature = 0, seed = 1 } };
            using var response = await _client.PostAsJsonAsync(At("api/generate"), request, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            using var answer = TryParse(body);
            if (response.StatusCode != HttpStatusCode.OK)
                return ProbeAnswer.OfStatus((int)response.StatusCode, answer is null ? null : OllamaJson.Text(answer.RootElement, "error"), source, Now());

            return answer is null ? Failed(ErrorCategory.Server, 200, "The answer is no JSON.") : ProbeAnswer.Of(answer.RootElement, source, Now());
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return Failed(ErrorCategory.Timeout, null, Late(probe.Timeout));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return Failed(ErrorCategory.Network, null, fault.Message);
        }
        catch (InvalidOperationException fault)
        {
            return Failed(ErrorCategory.Server, null, fault.Message); // A text that is no Unicode.
        }

        ProbeAnswer Failed(ErrorCategory category, int? status, string problem) => ProbeAnswer.Failed(source, Now(), category, status, problem);
    }

    public void Dispose() => _client.Dispose();

    private static JsonDocument? TryParse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null; // The caller says what that means.
        }
    }

    // A path of the address, as a reverse proxy may ask for, stays in front.
    private Uri At(string path) => new($"{address.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path}");

    private static string Late(TimeSpan timeout) => $"No complete answer within {timeout.TotalSeconds:0.###} s.";

    private DateTime Now() => EventTime.WholeMicroseconds(clock.GetUtcNow());
}

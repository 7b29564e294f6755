using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LLMscope.Service.Comparing;
using LLMscope.Service.Judging;
using Microsoft.Extensions.DependencyInjection;

namespace LLMscope.Service.Tests.Judging;

/// <summary>The endpoints that judge, behind real HTTP and without a database: they store nothing.</summary>
public sealed class JudgeHost : IAsyncLifetime
{
    private SmallHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SmallHost.StartAsync(
        services =>
        {
            services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
            services.AddProblemDetails();
        },
        app =>
        {
            app.MapJudge();
            app.MapRunLengths();
            app.MapCompare();
        },
        TestContext.Current.CancellationToken);

    public async Task<JsonNode> JudgeAsync(string body)
    {
        var answer = await PostAsync(body);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        return answer.Json;
    }

    public Task<Answer> PostAsync(string body) => PostAsync("/api/v1/judge", body);

    public async Task<Answer> PostAsync(string path, string body) => await Answer.OfAsync(await _host.Client.PostAsync(
        new Uri(path, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken));

    public async Task<Answer> RunLengthAsync(string query) => await Answer.OfAsync(
        await _host.Client.GetAsync(new Uri($"/api/v1/run-lengths?{query}", UriKind.Relative), TestContext.Current.CancellationToken));

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}

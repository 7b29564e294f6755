using LLMscope.Monitoring.Charts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LLMscope.Dashboard.Tests;

/// <summary>Renders components as the server does, to text.</summary>
internal static class Screen
{
    public static async Task<string> ShowAsync<TComponent>(Dictionary<string, object?> parameters, ChartBoard? board = null, DateTimeOffset? now = null)
        where TComponent : IComponent
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<NavigationManager>(new FixedAddress());
        builder.Services.AddSingleton<TimeProvider>(new FixedClock(now ?? TestBoard.After(0)));
        builder.Services.AddSingleton(board ?? new ChartBoard());
        builder.Services.AddDashboard();
        await using var host = builder.Build();
        await using var scope = host.Services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            System.Net.WebUtility.HtmlDecode((await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString()));
    }

    private sealed class FixedAddress : NavigationManager
    {
        public FixedAddress() => Initialize("http://localhost:5080/", "http://localhost:5080/");
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

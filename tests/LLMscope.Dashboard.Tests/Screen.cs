using LLMscope.Monitoring.Charts;
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
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton<NavigationManager>(new FixedAddress());
        services.AddSingleton<TimeProvider>(new FixedClock(now ?? TestBoard.After(0)));
        services.AddSingleton(board ?? new ChartBoard());
        services.AddRazorComponents();
        await using var provider = services.BuildServiceProvider();
        await using var renderer = new HtmlRenderer(provider, NullLoggerFactory.Instance);
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

using LLMscope.Dashboard;
using LLMscope.Monitoring;
using LLMscope.Service.Alerts;
using LLMscope.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LLMscope.Service.Tests.Alerts;

/// <summary>The endpoints and the page of alerts over real HTTP, on a real database, and a receiver that answers as it is told.</summary>
internal sealed class AlertHost : IAsyncDisposable
{
    private readonly SmallHost _host;
    private readonly SmallHost _receiver;
    private readonly TestDatabase _database;

    private AlertHost(SmallHost host, SmallHost receiver, TestDatabase database) => (_host, _receiver, _database) = (host, receiver, database);

    public HttpClient Client => _host.Client;

    public IServiceProvider Services => _host.App.Services;

    public string ReceiverUrl => $"{_receiver.App.Urls.Single()}/hook";

    public int ReceiverStatus { get; set; } = 200;

    public static async Task<AlertHost> StartAsync(CancellationToken cancellation)
    {
        var database = await TestDatabase.CreateAsync(cancellation);
        AlertHost? started = null;
        var receiver = await SmallHost.StartAsync(_ => { }, app => app.Run(context =>
        {
            context.Response.StatusCode = started!.ReceiverStatus;
            return context.Response.WriteAsync("its own words", context.RequestAborted);
        }), cancellation);
        var host = await SmallHost.StartAsync(
            services =>
            {
                services.AddMonitoring(database.ConnectionString);
                services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
                services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
                services.AddProblemDetails();
                services.AddDashboard();
            },
            app =>
            {
                app.UseDashboard();
                app.UseAntiforgery();
                app.MapAlerts();
                app.MapRazorComponents<App>();
            },
            cancellation);
        await host.App.Services.GetRequiredService<MonitoringHealth>().ReadyAsync(cancellation);
        return started = new AlertHost(host, receiver, database);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _receiver.DisposeAsync();
        await _database.DisposeAsync();
    }
}

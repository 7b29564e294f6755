using LLMscope.Service.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LLMscope.Service.Tests.Observability;

public class RequestLogTests
{
    [Fact]
    public async Task Only_failed_requests_are_worth_a_line_and_it_names_the_route()
    {
        var log = new HeardLog<RequestLog>(LogLevel.Information);
        await using var host = await SmallHost.StartAsync(
            services => services.AddSingleton(TimeProvider.System).AddSingleton<ILogger<RequestLog>>(log),
            app =>
            {
                app.UseRequestLog();
                app.UseExceptionHandler(failed => failed.Run(context => context.Response.WriteAsync("failed", context.RequestAborted)));
                app.MapGet("/good", () => "good");
                app.MapGet("/bad/{secret}", string (string secret) => throw new InvalidOperationException(secret));
            },
            TestContext.Current.CancellationToken);

        await host.Client.GetAsync("/good", TestContext.Current.CancellationToken);
        await host.Client.GetAsync("/nowhere", TestContext.Current.CancellationToken);
        await host.Client.GetAsync("/bad/hidden", TestContext.Current.CancellationToken);
        await host.App.StopAsync(TestContext.Current.CancellationToken);

        Assert.Matches(@"^Warning: GET /bad/\{secret\} answered 500 in [0-9.]+ ms\.$", Assert.Single(log.Lines));
    }
}

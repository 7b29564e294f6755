using LLMscope.Client;
using LLMscope.Host;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LLMscope.Agent;

internal static partial class AgentServices
{
    /// <summary>Everything between the files of this machine and LLMscope.</summary>
    public static IServiceCollection AddAgent(this IServiceCollection services)
    {
        services.AddOptions<AgentOptions>().BindConfiguration(AgentOptions.Section).ValidateOnStart()
            .Validate(options => options.Address is { IsAbsoluteUri: true, Scheme: "http" or "https" }, "LLMscope:Address must be an absolute http or https address.");
        services.AddSingleton<IValidateOptions<AgentOptions>, AgentOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => HostReadings.OfThisMachine(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(NewClient);
        services.AddHostedService<HostAgent>();
        return services;
    }

    private static LLMscopeClient NewClient(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<AgentOptions>>().Value;
        var logger = provider.GetRequiredService<ILogger<LLMscopeClient>>();
        return new LLMscopeClient(new LLMscopeOptions
        {
            Address = options.Address,
            Site = options.Site,
            Capacity = options.Capacity,
            FlushTime = options.FlushTime,
            Clock = provider.GetRequiredService<TimeProvider>(),
            OnProblem = problem => LogProblem(logger, problem),
        });
    }

    [LoggerMessage(LogLevel.Warning, "{Problem}")]
    private static partial void LogProblem(ILogger logger, string problem);
}

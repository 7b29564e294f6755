using Microsoft.Extensions.Options;

namespace LLMscope.Service.Ollama;

public static class OllamaServices
{
    /// <summary>Watches an Ollama server where one is configured. It needs the monitoring, which takes the samples.</summary>
    public static IServiceCollection AddOllama(this IServiceCollection services)
    {
        services.AddOptions<OllamaOptions>().BindConfiguration(OllamaOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OllamaOptions>, OllamaOptionsCheck>();
        services.AddMetrics();
        services.AddSingleton<OllamaMeter>();
        services.AddHostedService<OllamaWatch>();
        return services;
    }
}

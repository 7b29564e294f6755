using Microsoft.Extensions.Options;

namespace LLMscope.Service.Scraping;

public static class ScrapingServices
{
    /// <summary>Reads the pages of metrics that are configured. It needs the monitoring, which takes the samples.</summary>
    public static IServiceCollection AddScraping(this IServiceCollection services)
    {
        services.AddOptions<ScrapingOptions>().BindConfiguration(ScrapingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ScrapingOptions>, ScrapingOptionsValidator>();
        services.AddSingleton<IValidateOptions<ScrapingOptions>, TargetCheck>();
        services.AddMetrics();
        services.AddSingleton<ScrapingMeter>();
        services.AddSingleton<PageDownload>();
        services.AddSingleton<Scraper>();
        services.AddHostedService(provider => provider.GetRequiredService<Scraper>());
        return services;
    }
}

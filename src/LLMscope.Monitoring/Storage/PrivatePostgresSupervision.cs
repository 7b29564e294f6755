using Microsoft.Extensions.Hosting;

namespace LLMscope.Monitoring.Storage;

/// <summary>Supervises the private server as long as the host runs. Where the server keeps ending, the host stops.</summary>
public sealed class PrivatePostgresSupervision(PrivatePostgres postgres) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => postgres.SuperviseAsync(stoppingToken);
}

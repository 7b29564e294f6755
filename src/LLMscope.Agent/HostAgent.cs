using LLMscope.Client;
using LLMscope.Host;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LLMscope.Agent;

/// <summary>
/// Reads this machine at every interval and hands the samples to the client, which keeps them while LLMscope is away. Stopping sends what is left.
/// </summary>
internal sealed partial class HostAgent(
    HostReadings readings, LLMscopeClient client, IOptions<AgentOptions> options, TimeProvider clock, ILogger<HostAgent> logger) : BackgroundService
{
    private readonly ReadingProblems _problems = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!readings.CanRead)
        {
            LogNothingToRead();
            return;
        }

        LogStarted(options.Value.HostName, options.Value.Interval, options.Value.Address);
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        do
            await readings.ReadAsync(Send, Note, stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await client.DisposeAsync();
        LogStopped(client.Sent, client.Dropped, client.Refused);
    }

    private void Send(HostReading reading) => client.Record(new MeasuredSample
    {
        Time = reading.Time,
        Characteristic = reading.Characteristic,
        Value = reading.Value,
        Host = options.Value.HostName,
        Device = reading.Device,
    });

    private void Note(string reading, string? problem)
    {
        if (!_problems.IsNews(reading, problem))
            return;

        if (problem is null)
            LogReadAgain(reading);
        else
            LogFailed(reading, problem);
    }

    [LoggerMessage(LogLevel.Information, "Sending the state of {Host} every {Interval} to {Address}.")]
    private partial void LogStarted(string host, TimeSpan interval, Uri address);

    [LoggerMessage(LogLevel.Information, "Stopped: {Sent} samples sent, {Dropped} dropped, {Refused} refused.")]
    private partial void LogStopped(long sent, long dropped, long refused);

    [LoggerMessage(LogLevel.Error, "There is nothing to read here: neither /proc nor nvidia-smi.")]
    private partial void LogNothingToRead();

    [LoggerMessage(LogLevel.Warning, "The {Reading} cannot be read: {Problem}")]
    private partial void LogFailed(string reading, string problem);

    [LoggerMessage(LogLevel.Information, "The {Reading} can be read again.")]
    private partial void LogReadAgain(string reading);
}

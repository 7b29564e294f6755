using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Core;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Json;

namespace LLMscope.Service.Observability;

public static class Logs
{
    // Values are written as JSON, so that no text that a caller sent can begin a line of its own.
    private const string ConsoleLine = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:u3} {SourceContext}: {Message:j}{NewLine}{Exception}";

    /// <summary>
    /// Logs for people on the console and, where there is a data folder, JSON lines in its <c>logs</c>.
    /// Levels are those of the section <c>Logging:LogLevel</c>.
    /// </summary>
    public static ILoggingBuilder AddLogs(this ILoggingBuilder logging, string? dataFolder)
    {
        logging.Services.AddOptions<LogFileOptions>().BindConfiguration(LogFileOptions.Section).ValidateOnStart();
        logging.Services.AddSingleton<IValidateOptions<LogFileOptions>, LogFileOptionsValidator>();
        logging.ClearProviders();
        logging.Services.AddSingleton<ILoggerProvider>(provider => new SerilogLoggerProvider(
            Open(dataFolder, provider.GetRequiredService<IOptions<LogFileOptions>>().Value), dispose: true));
        return logging;
    }

    internal static Logger Open(string? dataFolder, LogFileOptions options)
    {
        // The levels are decided before: here everything passes.
        var log = new LoggerConfiguration().MinimumLevel.Verbose().Enrich.FromLogContext().WriteTo.Console(outputTemplate: ConsoleLine);
        return (dataFolder is null ? log : WithFile(log, dataFolder, options)).CreateLogger();
    }

    internal static LoggerConfiguration WithFile(LoggerConfiguration log, string dataFolder, LogFileOptions options) => log.WriteTo.File(
        new JsonFormatter(renderMessage: true),
        Path.Combine(dataFolder, "logs", "llmscope-.json"),
        rollingInterval: RollingInterval.Day,
        fileSizeLimitBytes: options.LargestFileBytes,
        rollOnFileSizeLimit: true,
        retainedFileCountLimit: options.MostFiles);
}

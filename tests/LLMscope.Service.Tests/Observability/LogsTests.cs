using System.Text.Json;
using LLMscope.Service.Observability;
using LLMscope.Tests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Serilog;

namespace LLMscope.Service.Tests.Observability;

public class LogsTests
{
    [Fact]
    public void A_data_folder_gets_one_line_of_JSON_per_event_at_the_configured_levels()
    {
        using var folder = new TemporaryFolder();
        using (var services = Logging(folder.Path, ("Logging:LogLevel:Default", "Information"), ("Logging:LogLevel:Noisy", "Error")))
        {
            var log = services.GetRequiredService<ILogger<LogsTests>>();
            log.LogInformation("Chart {Chart} of {Model}", 7, "a\nb");
            log.LogDebug("too fine");
            services.GetRequiredService<ILoggerFactory>().CreateLogger("Noisy").LogWarning("too noisy");
        }

        var line = Assert.Single(File.ReadAllLines(Assert.Single(LogsIn(folder))));
        using var json = JsonDocument.Parse(line);
        Assert.Equal("Information", json.RootElement.GetProperty("Level").GetString());
        Assert.Equal(7, json.RootElement.GetProperty("Properties").GetProperty("Chart").GetInt32());
        Assert.Equal("a\nb", json.RootElement.GetProperty("Properties").GetProperty("Model").GetString());
        Assert.Contains("Chart 7 of", json.RootElement.GetProperty("RenderedMessage").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_data_folder_there_is_no_file()
    {
        using var folder = new TemporaryFolder();

        using (var log = Logs.Open(null, new LogFileOptions()))
            log.Error("to the console");

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        Assert.False(Directory.Exists("logs"));
    }

    [Fact]
    public void Old_files_make_room_for_new_ones()
    {
        using var folder = new TemporaryFolder();

        var options = new LogFileOptions { LargestFileBytes = 64 * 1024, MostFiles = 2 };
        using (var log = Logs.WithFile(new LoggerConfiguration().MinimumLevel.Verbose(), folder.Path, options).CreateLogger())
        {
            for (var i = 0; i < 1_000; i++)
                log.Verbose("Line {Number} {Filling}", i, new string('x', 200));
        }

        Assert.Equal(2, LogsIn(folder).Length);
        Assert.Contains(LogsIn(folder), path => File.ReadAllText(path).Contains("Line 999 ", StringComparison.Ordinal));
        Assert.DoesNotContain(LogsIn(folder), path => File.ReadAllText(path).Contains("Line 0 ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_useless_bound_is_refused_by_its_key()
    {
        using var services = Logging(null, ("LLMscope:LogFile:MostFiles", "0"));

        var fault = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<LogFileOptions>>().Value);
        Assert.Contains("MostFiles", fault.Message, StringComparison.Ordinal);
    }

    private static string[] LogsIn(TemporaryFolder folder) => Directory.GetFiles(Path.Combine(folder.Path, "logs"), "llmscope-*.json");

    private static ServiceProvider Logging(string? dataFolder, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value)).Build();
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging(logging => logging.AddConfiguration(configuration.GetSection("Logging")).AddLogs(dataFolder))
            .BuildServiceProvider();
    }
}

using LLMscope.Monitoring.Storage;
using LLMscope.Service.Observability;
using Microsoft.AspNetCore.DataProtection;
using Serilog.Extensions.Logging;

namespace LLMscope.Service;

/// <summary>
/// What must be there before anything else: the data folder, which is this process's alone, and a database, which is a private PostgreSQL
/// in that folder unless a connection string is configured.
/// </summary>
internal sealed class House : IAsyncDisposable
{
    public const int DefaultPort = 5080;

    private readonly PrivatePostgres? _postgres;

    private House(DataFolder folder, string connectionString, PrivatePostgres? postgres) =>
        (Folder, ConnectionString, _postgres) = (folder, connectionString, postgres);

    public DataFolder Folder { get; }

    public string ConnectionString { get; }

    /// <exception cref="PrivatePostgresException">The folder is in use, or the server does not start.</exception>
    public static async Task<House> OpenAsync(WebApplicationBuilder builder)
    {
        UseDefaultUrl(builder);
        var options = builder.Configuration.GetSection(PrivatePostgresOptions.Section).Get<PrivatePostgresOptions>() ?? new PrivatePostgresOptions();
        var folder = DataFolder.Open(options.DataFolder);
        builder.Services.AddSingleton(folder);
        KeepKeys(builder, folder);
        if (ConfiguredDatabase.Find(builder.Configuration) is { } configured)
            return new House(folder, configured, null);

        // The server starts before the host and its logs do; what it says looks the same.
        using var logging = new SerilogLoggerFactory(Logs.Open(null, new LogFileOptions()), dispose: true);
        try
        {
            var postgres = await PrivatePostgres.StartAsync(folder, options, TimeProvider.System, logging.CreateLogger<PrivatePostgres>(), CancellationToken.None);
            builder.Services.AddSingleton(postgres);
            builder.Services.AddHostedService<PrivatePostgresSupervision>();
            return new House(folder, postgres.ConnectionString, postgres);
        }
        catch (PrivatePostgresException)
        {
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        Folder.Dispose();
    }

    // What protects the forms of a page outlives a restart, also where the user that runs LLMscope has no home.
    private static void KeepKeys(WebApplicationBuilder builder, DataFolder folder)
    {
        var keys = Directory.CreateDirectory(folder.At("keys"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        builder.Services.AddDataProtection().SetApplicationName("LLMscope").PersistKeysToFileSystem(keys);
    }

    // Only this machine can reach LLMscope unless an address is configured: access control comes later.
    private static void UseDefaultUrl(WebApplicationBuilder builder)
    {
        string[] settings = ["urls", "http_ports", "https_ports"];
        if (settings.All(setting => string.IsNullOrEmpty(builder.Configuration[setting])) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls($"http://localhost:{DefaultPort}");
    }
}

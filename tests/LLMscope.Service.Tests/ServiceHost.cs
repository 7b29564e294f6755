using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using LLMscope.Monitoring;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Storage;
using LLMscope.Tests.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace LLMscope.Service.Tests;

/// <summary>The whole service behind real HTTP, with a database and a data folder of its own.</summary>
public sealed class ServiceHost : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly Factory _factory;
    private readonly string _folder;

    private ServiceHost(TestDatabase database, Factory factory, string folder)
    {
        (_database, _factory, _folder) = (database, factory, folder);
        Client = factory.CreateClient();
    }

    public HttpClient Client { get; }

    public static Task<ServiceHost> StartAsync(params (string Key, string Value)[] settings) => StartAtAsync(0, settings);

    /// <param name="port">Where it listens; 0 for any that is free.</param>
    public static async Task<ServiceHost> StartAtAsync(int port, params (string Key, string Value)[] settings)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var database = await TestDatabase.CreateAsync(
            "service",
            async connectionString =>
            {
                await using var connection = new NpgsqlConnection(connectionString);
                await connection.OpenAsync(cancellation);
                await Migrations.ApplyAsync(connection, TimeProvider.System, cancellation);
            },
            cancellation);
        var folder = Directory.CreateTempSubdirectory("llmscope-service-").FullName;
        var factory = new Factory(
        [
            ("ConnectionStrings:LLMscope", database.ConnectionString), ("LLMscope:DataFolder", folder), ("urls", "http://127.0.0.1:0"), ("Logging:LogLevel:Default", "Critical"), ("Logging:LogLevel:Microsoft.AspNetCore", "Error"),
            ("LLMscope:Telemetry:Enabled", "false"), // its samples would be among those that a test counts
            ("LLMscope:Otlp:Enabled", "false"), // many hosts run at once, and a port is one's alone
            .. settings,
        ]);
        factory.UseKestrel(port);
        try
        {
            factory.StartServer();
            await factory.Services.GetRequiredService<MonitoringHealth>().ReadyAsync(cancellation);
            return new ServiceHost(database, factory, folder);
        }
        catch (Exception)
        {
            await CloseAsync(factory, database, folder);
            throw;
        }
    }

    public T Get<T>()
        where T : notnull => _factory.Services.GetRequiredService<T>();

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public Task<long> CountAsync(string table) => AskAsync<long>($"SELECT count(*) FROM {table}");

    public async Task<Answer> PostAsync(string path, string body, string type = "application/json") =>
        await Answer.OfAsync(await Client.PostAsync(new Uri(path, UriKind.Relative), new StringContent(body, Encoding.UTF8, type), TestContext.Current.CancellationToken));

    public async Task<Answer> PostBytesAsync(string path, byte[] body, string type = "application/json")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new(type);
        return await Answer.OfAsync(await Client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken));
    }

    public async Task<Answer> GetAsync(string path) =>
        await Answer.OfAsync(await Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));

    /// <summary>Sends values of one model, a second apart, the newest one now, and waits until they are judged.</summary>
    public async Task SendAsync(string characteristic, IReadOnlyList<double> values, string model = "gpt-4o", double step = 1)
    {
        var end = TimeProvider.System.GetUtcNow();
        var samples = values.Select((value, i) => new { time = end.AddSeconds((i - values.Count) * step), model, characteristic, value });
        using var answer = await Client.PostAsJsonAsync("/api/v1/samples", new { samples }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await JudgedAsync();
    }

    public async Task JudgedAsync()
    {
        while (await AskAsync<bool>("SELECT judged < archived FROM archiving, judging"))
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();

        // A turn is shown right after its commit, before the gate opens again.
        using var shown = await Get<MonitorGate>().EnterAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Ends the service as a restart would, before the test ends.</summary>
    public Task StopAsync() => Get<IHost>().StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await CloseAsync(_factory, _database, _folder);
    }

    private static async Task CloseAsync(Factory factory, TestDatabase database, string folder)
    {
        await factory.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class Factory((string Key, string Value)[] settings) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            foreach (var (key, value) in settings)
                builder.UseSetting(key, value);
        }
    }
}

/// <summary>A host that the tests of one class share: each uses models of its own.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    public ServiceHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await ServiceHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

/// <summary>What the service answered.</summary>
public sealed record Answer(HttpStatusCode Status, string Body, HttpResponseMessage Message)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The errors of a refused request, as index and field.</summary>
    public IEnumerable<(int Index, string Field)> Faults =>
        Json["items"]!.AsArray().Select(item => (item!["index"]!.GetValue<int>(), item["field"]!.GetValue<string>()));

    public static async Task<Answer> OfAsync(HttpResponseMessage message) =>
        new(message.StatusCode, await message.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), message);
}

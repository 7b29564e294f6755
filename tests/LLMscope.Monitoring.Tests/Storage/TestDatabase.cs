using LLMscope.Monitoring.Storage;
using LLMscope.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

[assembly: AssemblyFixture(typeof(TestServer))]

namespace LLMscope.Tests.Storage;

/// <summary>
/// An empty database of one test, on a real PostgreSQL; dropped when disposed. Tests may run at once, in one process
/// or in several. This file may be linked into other test projects as it is.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _name;
    private readonly string _server;

    private TestDatabase(string name, string server)
    {
        _name = name;
        _server = server;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 10 }.ConnectionString;
    }

    public string ConnectionString { get; }

    /// <summary>An empty database. The test is skipped where there is no PostgreSQL, unless the environment says CI=true.</summary>
    public static Task<TestDatabase> CreateAsync(CancellationToken cancellation) => CreateAsync("template0", cancellation);

    /// <summary>A copy of a database that is prepared once a process: migrating it again for every test would cost more than the test.</summary>
    /// <param name="template">A name for what is prepared, in lower case letters.</param>
    /// <param name="prepareAsync">Fills the template; takes its connection string, and leaves no connection open.</param>
    public static async Task<TestDatabase> CreateAsync(string template, Func<string, Task> prepareAsync, CancellationToken cancellation)
        => await CreateAsync(await TestServer.TemplateAsync(template, prepareAsync), cancellation);

    public async ValueTask DisposeAsync()
    {
        await using (var pool = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(pool);

        await TestServer.ExecuteAsync(_server, $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)", CancellationToken.None);
    }

    private static async Task<TestDatabase> CreateAsync(string template, CancellationToken cancellation)
    {
        var server = await TestServer.ConnectionStringAsync();
        var name = $"test_{Guid.NewGuid():N}";

        // Without fsync, copying files takes a quarter of the time of copying through the log.
        await TestServer.ExecuteAsync(server, $"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy", cancellation);
        return new TestDatabase(name, server);
    }
}

/// <summary>
/// The one server of a test process, started by the first test that asks and stopped after the last: the one of
/// LLMSCOPE_TEST_POSTGRES, or a private one in a folder of its own.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    private const string FolderName = "/tmp/llmscope-tests-";

    private static readonly Lazy<Task<TestServer>> Started = new(StartAsync);

    private static readonly SemaphoreSlim Preparing = new(1);
    private static readonly Dictionary<string, string> Templates = []; // bounded by the templates that the tests name

    private readonly string? _connectionString;
    private DataFolder? _folder;
    private PrivatePostgres? _postgres;
    private string? _whyNot;

    public TestServer() => _connectionString = Environment.GetEnvironmentVariable("LLMSCOPE_TEST_POSTGRES");

    internal static async Task<string> ConnectionStringAsync()
    {
        var server = await Started.Value;
        if (server._whyNot is not null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", server._whyNot);
            Assert.Fail(server._whyNot);
        }

        return server._connectionString ?? server._postgres!.ConnectionString;
    }

    internal static async Task<string> TemplateAsync(string name, Func<string, Task> prepareAsync)
    {
        var server = await ConnectionStringAsync();
        await Preparing.WaitAsync();
        try
        {
            if (Templates.TryGetValue(name, out var made))
                return made;

            var template = $"template_{name}_{Guid.NewGuid():N}";
            await ExecuteAsync(server, $"CREATE DATABASE {template} TEMPLATE template0", CancellationToken.None);
            await prepareAsync(new NpgsqlConnectionStringBuilder(server) { Database = template, Pooling = false }.ConnectionString);
            return Templates[name] = template;
        }
        finally
        {
            Preparing.Release();
        }
    }

    internal static async Task ExecuteAsync(string connectionString, string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Called by the test framework after the last test, on an instance that it made itself.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Started.IsValueCreated || !Started.Value.IsCompletedSuccessfully)
            return;

        var server = await Started.Value;
        if (server._connectionString is not null)
        {
            foreach (var template in Templates.Values)
                await ExecuteAsync(server._connectionString, $"DROP DATABASE IF EXISTS {template} WITH (FORCE)", CancellationToken.None);
        }

        await server.StopAsync();
    }

    private static async Task<TestServer> StartAsync()
    {
        var server = new TestServer();
        if (server._connectionString is not null)
            return server;

        await SweepAsync();
        server._folder = DataFolder.Open($"{FolderName}{Guid.NewGuid():N}");
        try
        {
            server._postgres = await PrivatePostgres.StartAsync(server._folder, new(), TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        }
        catch (PrivatePostgresException fault)
        {
            await server.StopAsync();
            if (fault.Fault != PrivatePostgresFault.NoBinaries)
                throw;

            return new TestServer { _whyNot = fault.Message };
        }

        // What a test wrote need not survive a power cut.
        foreach (var setting in new[] { "fsync = off", "synchronous_commit = off", "full_page_writes = off" })
            await ExecuteAsync(server._postgres.ConnectionString, $"ALTER SYSTEM SET {setting}", CancellationToken.None);

        await ExecuteAsync(server._postgres.ConnectionString, "SELECT pg_reload_conf()", CancellationToken.None);
        return server;
    }

    /// <summary>Clears up after test processes that were killed: their folders are locked by nobody.</summary>
    private static async Task SweepAsync()
    {
        // A folder that its process has only just made has no process file yet, and is left alone.
        foreach (var path in Directory.GetDirectories("/tmp", $"{Path.GetFileName(FolderName)}*").Where(path => File.Exists($"{path}/llmscope.pid")))
        {
            try
            {
                var left = new TestServer { _folder = DataFolder.Open(path) };
                left._postgres = await PrivatePostgres.StartAsync(left._folder, new(), TimeProvider.System, NullLogger.Instance, CancellationToken.None);
                await left.StopAsync();
            }
            catch (Exception busy) when (busy is PrivatePostgresException or UnauthorizedAccessException or IOException)
            {
                continue; // Another process or another user has it.
            }
        }
    }

    private async Task StopAsync()
    {
        if (_postgres is not null)
            await _postgres.DisposeAsync();

        if (_folder is null)
            return;

        Directory.Delete(_folder.Path, recursive: true);
        _folder.Dispose();
    }
}

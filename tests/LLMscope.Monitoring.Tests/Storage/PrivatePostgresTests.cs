using System.Diagnostics;
using LLMscope.Monitoring.Storage;
using LLMscope.Monitoring.Storage.PrivateServer;
using LLMscope.Tests;
using Npgsql;

namespace LLMscope.Monitoring.Tests.Storage;

public sealed class PrivatePostgresTests(StoppedCluster stopped) : IClassFixture<StoppedCluster>, IDisposable
{
    private readonly TestFolder _here = new();
    private readonly HeardLog _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Cluster => _here.At("postgres");

    [Fact]
    public async Task A_new_folder_becomes_a_database_that_takes_a_table()
    {
        using var folder = DataFolder.Open(_here.Path);
        await using var postgres = await StartAsync(folder);

        await AskAsync(postgres, "CREATE TABLE kept (value int)");

        Assert.Equal("llmscope", await AskAsync(postgres, "SELECT current_database()"));
        Assert.Equal("on", await AskAsync(postgres, "SHOW fsync"));
        Assert.Equal("", await AskAsync(postgres, "SHOW listen_addresses"));
        Assert.Equal("on", await AskAsync(postgres, "SHOW data_checksums"));
    }

    [Fact]
    public async Task The_password_is_needed_and_only_the_owner_can_read_it()
    {
        using var folder = await ReadyAsync();
        await using var postgres = await StartAsync(folder);
        await using var guess = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Password = "guess", Pooling = false }.ConnectionString);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => guess.OpenAsync(Cancellation));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_here.At("postgres.password")));
    }

    [Fact]
    public async Task A_restart_keeps_the_data_and_leaves_no_process()
    {
        using var folder = await ReadyAsync();
        int first;
        await using (var postgres = await StartAsync(folder))
        {
            first = postgres.ProcessId;
            await KeepAsync(postgres);
        }

        await using var again = await StartAsync(folder);

        Assert.NotEqual(first, again.ProcessId);
        Assert.NotEqual(PostmasterState.Running, await new Postmaster(first, Cluster, "").StateAsync(Cancellation));
        Assert.Equal(42, await KeptAsync(again));
    }

    [Fact]
    public async Task The_server_of_a_killed_LLMscope_is_taken_over_with_its_data()
    {
        var killed = await AbandonAsync();
        using var folder = DataFolder.Open(_here.Path);

        await using var postgres = await StartAsync(folder);

        Assert.Equal(killed, postgres.ProcessId);
        Assert.Equal(42, await KeptAsync(postgres));
        await _log.UntilAsync("Took over", Cancellation);
    }

    [Fact]
    public async Task A_server_that_was_taken_over_is_stopped_too()
    {
        var killed = await AbandonAsync();
        using var folder = DataFolder.Open(_here.Path);

        await (await StartAsync(folder)).DisposeAsync();

        Assert.NotEqual(PostmasterState.Running, await new Postmaster(killed, Cluster, "").StateAsync(Cancellation));
    }

    [Fact]
    public async Task A_server_left_behind_that_does_not_answer_is_stopped_and_started_again()
    {
        var killed = await AbandonAsync();
        File.Delete(_here.At("socket/.s.PGSQL.5432"));
        using var folder = DataFolder.Open(_here.Path);

        await using var postgres = await StartAsync(folder);

        Assert.NotEqual(killed, postgres.ProcessId);
        Assert.Equal(42, await KeptAsync(postgres));
    }

    [Fact]
    public async Task A_process_file_whose_process_is_gone_does_not_hinder_a_start()
    {
        var killed = await AbandonAsync();
        await KillAsync(killed);
        using var folder = DataFolder.Open(_here.Path);

        await using var postgres = await StartAsync(folder);

        Assert.Equal(42, await KeptAsync(postgres));
    }

    [Fact]
    public async Task A_process_file_whose_number_another_program_has_now_does_not_hinder_a_start()
    {
        var killed = await AbandonAsync();
        var file = Postmaster.PidFile(Cluster);
        var lines = await File.ReadAllLinesAsync(file, Cancellation);
        await KillAsync(killed);
        lines[0] = $"{Environment.ProcessId}";
        await File.WriteAllLinesAsync(file, lines, Cancellation);
        using var folder = DataFolder.Open(_here.Path);

        await using var postgres = await StartAsync(folder);

        Assert.Equal(42, await KeptAsync(postgres));
    }

    [Fact]
    public async Task A_server_that_is_killed_is_started_again_and_the_connection_string_stays()
    {
        using var folder = await ReadyAsync();
        await using var postgres = await StartAsync(folder);
        await KeepAsync(postgres);
        var before = (postgres.ConnectionString, postgres.ProcessId);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var supervision = postgres.SuperviseAsync(stop.Token);

        await KillAsync(postgres.ProcessId);
        await _log.UntilAsync("serves as process", Cancellation, after: "ended while");

        Assert.Equal(before.ConnectionString, postgres.ConnectionString);
        Assert.Equal(42, await KeptAsync(postgres));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => supervision);
        Assert.NotEqual(before.ProcessId, postgres.ProcessId);
    }

    [Fact]
    public async Task A_server_that_cannot_be_started_again_faults_the_supervision()
    {
        using var folder = await ReadyAsync();
        await using var postgres = await StartAsync(folder);
        var supervision = postgres.SuperviseAsync(Cancellation);
        Directory.Move(Path.Combine(Cluster, "global"), Path.Combine(Cluster, "lost"));

        await KillAsync(postgres.ProcessId);
        var fault = await Assert.ThrowsAsync<PrivatePostgresException>(() => supervision);

        Assert.Equal(PrivatePostgresFault.KeepsEnding, fault.Fault);
        Assert.Contains("did not start", fault.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_writer_keeps_trying_through_an_outage_of_many_heartbeats_and_holds_its_lease_after_it()
    {
        using var folder = await ReadyAsync();
        await using var postgres = await StartAsync(folder);
        await using var database = Database.Open(postgres.ConnectionString);
        var clock = new ManualClock();
        await using var lease = await WriterLease.TakeAsync(database, clock, Cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var holding = lease.HoldAsync(stop.Token);

        await KillAsync(postgres.ProcessId);
        for (var heartbeat = 0; heartbeat < 20; heartbeat++)
        {
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => database.OpenConnectionAsync(Cancellation).AsTask());
            clock.Advance(TimeSpan.FromSeconds(5));
        }

        var supervision = postgres.SuperviseAsync(stop.Token);
        await _log.UntilAsync("serves as process", Cancellation, after: "ended while");
        while ((long)(await AskAsync(postgres, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"))! == 0 && !holding.IsCompleted)
            clock.Advance(TimeSpan.FromSeconds(5));

        Assert.False(holding.IsCompleted, holding.Exception?.Message);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(holding, supervision));
    }

    [Fact]
    public async Task A_server_that_does_not_start_is_quoted()
    {
        using var folder = await ReadyAsync();
        await File.AppendAllTextAsync(Path.Combine(Cluster, "postgresql.auto.conf"), "shared_buffers = 'much'\n", Cancellation);

        var fault = await Assert.ThrowsAsync<PrivatePostgresException>(() => StartAsync(folder));

        Assert.Equal(PrivatePostgresFault.NotStarted, fault.Fault);
        Assert.Contains("shared_buffers", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_too_long_for_a_socket_gets_a_short_one_that_goes_when_the_server_goes()
    {
        using var folder = await ReadyAsync(new string('x', 100));
        string socket;
        await using (var postgres = await StartAsync(folder))
        {
            socket = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!;
            await KeepAsync(postgres);

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(socket));
        }

        Assert.StartsWith("/tmp/llmscope-", socket, StringComparison.Ordinal);
        Assert.False(Directory.Exists(socket));
    }

    [Fact]
    public async Task A_path_with_spaces_commas_and_apostrophes_serves()
    {
        using var folder = await ReadyAsync("Otto's data, new");
        await using var postgres = await StartAsync(folder);

        await KeepAsync(postgres);

        Assert.Equal(42, await KeptAsync(postgres));
    }

    [Fact]
    public async Task A_cluster_of_another_major_version_is_refused_and_both_are_named()
    {
        using var folder = DataFolder.Open(_here.Path);
        Directory.CreateDirectory(Cluster);
        await File.WriteAllTextAsync(Path.Combine(Cluster, "PG_VERSION"), "9\n", Cancellation);

        var refusal = await Assert.ThrowsAsync<PrivatePostgresException>(() => StartAsync(folder));

        Assert.Equal(PrivatePostgresFault.OtherVersion, refusal.Fault);
        Assert.Contains("PostgreSQL 9", refusal.Message, StringComparison.Ordinal);
        Assert.Matches(@"PostgreSQL 1\d\.", refusal.Message);
    }

    [Fact]
    public async Task A_configured_folder_without_PostgreSQL_is_named()
    {
        using var folder = DataFolder.Open(_here.Path);

        var refusal = await Assert.ThrowsAsync<PrivatePostgresException>(() => StartAsync(folder, new() { PostgresBinaries = "/nowhere" }));

        Assert.Equal(PrivatePostgresFault.NoBinaries, refusal.Fault);
        Assert.Contains("/nowhere", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Binaries_that_only_root_can_reach_are_copied_to_where_the_server_can()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root runs the server as another user.");
        var locked = Directory.CreateDirectory(_here.At("locked"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var account = ServerAccount.Choose(configured: null);
        var found = await PostgresBinaries.FindAsync(configured: null, cluster: null, account, _here.At("unused"), Cancellation);
        (await Finished.RunAsync("cp", ["-r", found.Folder, locked.FullName], Cancellation)).Check("copy");
        using var folder = DataFolder.Open(_here.At("data"));

        await using var postgres = await StartAsync(folder, new() { PostgresBinaries = Path.Combine(locked.FullName, Path.GetFileName(found.Folder)) });

        Assert.Single(Directory.GetDirectories(folder.At("binaries")));
        await KeepAsync(postgres);
    }

    [Fact]
    public async Task A_data_folder_that_the_server_cannot_enter_is_refused_with_a_way_out()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root runs the server as another user.");
        Directory.CreateDirectory(_here.At("locked"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var folder = DataFolder.Open(_here.At("locked/data"));

        var refusal = await Assert.ThrowsAsync<PrivatePostgresException>(() => StartAsync(folder));

        Assert.Equal(PrivatePostgresFault.Unreachable, refusal.Fault);
        Assert.Contains("LLMscope:DataFolder", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _here.Dispose();

    /// <summary>An open data folder with a cluster in it, whose server does not run.</summary>
    private async Task<DataFolder> ReadyAsync(string name = "")
    {
        await stopped.CopyToAsync(_here.At(name), Cancellation);
        return DataFolder.Open(_here.At(name));
    }

    private Task<PrivatePostgres> StartAsync(DataFolder folder, PrivatePostgresOptions? options = null)
        => PrivatePostgres.StartAsync(folder, options ?? new(), new HurriedClock(), _log, Cancellation);

    /// <summary>What kill -9 leaves: a server that runs, and no process that holds the folder.</summary>
    private async Task<int> AbandonAsync()
    {
        using var folder = await ReadyAsync();
        var postgres = await StartAsync(folder);
        await KeepAsync(postgres);
        return postgres.ProcessId;
    }

    private static async Task KillAsync(int process)
    {
        using var server = Process.GetProcessById(process);
        server.Kill();
        await server.WaitForExitAsync(Cancellation);
    }

    private static Task<object?> KeepAsync(PrivatePostgres postgres) => AskAsync(postgres, "CREATE TABLE kept AS SELECT 42 AS value");

    private static Task<object?> KeptAsync(PrivatePostgres postgres) => AskAsync(postgres, "SELECT value FROM kept");

    private static async Task<object?> AskAsync(PrivatePostgres postgres, string sql)
    {
        await using var connection = new NpgsqlConnection($"{postgres.ConnectionString};Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}

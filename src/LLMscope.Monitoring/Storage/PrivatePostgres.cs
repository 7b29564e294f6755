using LLMscope.Monitoring.Storage.PrivateServer;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LLMscope.Monitoring.Storage;

/// <summary>
/// A PostgreSQL of LLMscope's own, in its data folder, that listens on a local socket only. It outlives a killed
/// LLMscope without losing anything; the next one takes it over. Disposing stops it.
/// </summary>
public sealed partial class PrivatePostgres : IAsyncDisposable
{
    // Restarts within the window; one more and something is wrong that a restart does not mend.
    private const int MostRestarts = 5;
    private static readonly TimeSpan RestartWindow = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Cluster _cluster;
    private readonly ServerAccount _account;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _changing = new(1);
    private ServerLogin _login;
    private Postmaster? _server;
    private bool _disposed;

    private PrivatePostgres(string dataFolder, Cluster cluster, ServerAccount account, string password, TimeProvider clock, ILogger logger)
    {
        _login = new ServerLogin(SocketFolder.Choose(dataFolder), password);
        _cluster = cluster;
        _account = account;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>For Npgsql, the password included. It stays the same until disposed, restarts of the server included.</summary>
    public string ConnectionString => _login.ConnectionString;

    /// <summary>The process of the server, for people who look for it.</summary>
    public int ProcessId => _server!.Id;

    /// <summary>Makes the cluster where there is none, takes over or starts its server, and returns when the database answers.</summary>
    /// <exception cref="PrivatePostgresException">It cannot serve; the message says what to do.</exception>
    public static async Task<PrivatePostgres> StartAsync(
        DataFolder folder, PrivatePostgresOptions options, TimeProvider clock, ILogger logger, CancellationToken cancellation)
    {
        var path = folder.At("postgres");
        var major = Cluster.MajorOf(path);
        var account = ServerAccount.Choose(options.PostgresUser);
        await account.EnterAsync(folder.Path, cancellation);
        var binaries = await PostgresBinaries.FindAsync(options.PostgresBinaries, major, account, folder.At("binaries"), cancellation);

        var password = OwnerOnlyFile.ReadOrMakeSecret(folder.At("postgres.password"));
        var cluster = new Cluster(path, account, binaries);
        var postgres = new PrivatePostgres(folder.Path, cluster, account, password, clock, logger);
        if (major is null)
        {
            await cluster.InitialiseAsync(password, cancellation);
            postgres.LogMade(binaries.Version, path);
        }

        if (!await postgres.TryAdoptAsync(cancellation))
            await postgres.StartServerAsync(cancellation);

        return postgres;
    }

    /// <summary>
    /// Starts the server again whenever it ends, until cancelled. Faults where it keeps ending, so that the host that
    /// awaits this stops.
    /// </summary>
    public async Task SuperviseAsync(CancellationToken cancellation)
    {
        var restarts = new Queue<long>(MostRestarts); // bounded by MostRestarts
        using var look = new PeriodicTimer(LookEvery, _clock);
        while (await look.WaitForNextTickAsync(cancellation))
        {
            _cluster.TrimLogs();
            if (await _server!.StateAsync(cancellation) == PostmasterState.Running)
                continue;

            LogEnded(_server.Id);
            await RestartAsync(restarts, cancellation);
        }
    }

    /// <summary>Stops the server: what was committed is on disk, and what was not is rolled back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _changing.WaitAsync();
        try
        {
            if (_disposed)
                return;

            _disposed = true;
            if (!await _cluster.StopAsync(CancellationToken.None))
                LogKilled(_cluster.Path);

            SocketFolder.Remove(_login.SocketFolder);
            LogStopped(_cluster.Path);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Takes over the server that a killed LLMscope left behind, if there is one and it answers.</summary>
    private async Task<bool> TryAdoptAsync(CancellationToken cancellation)
    {
        var orphan = Postmaster.Named(_cluster.Path);
        if (orphan is null || await orphan.StateAsync(cancellation) != PostmasterState.Running)
            return false;

        _server = orphan;
        _login = _login with { SocketFolder = orphan.SocketFolder };
        try
        {
            await _login.EnsureDatabaseAsync(cancellation);
        }
        catch (NpgsqlException silent)
        {
            LogNotAdopted(silent, orphan.Id);
            return false;
        }

        LogAdopted(_cluster.Path, orphan.Id);
        return true;
    }

    private async Task StartServerAsync(CancellationToken cancellation)
    {
        var begun = _clock.GetTimestamp();
        await ClearTheWayAsync(cancellation);
        await SocketFolder.PrepareAsync(_login.SocketFolder, _account, cancellation);
        for (var pause = FirstPause; ; pause *= 2)
        {
            try
            {
                await _cluster.StartAsync(_login.SocketFolder, cancellation);
                break;
            }
            catch (PrivatePostgresException early) when (pause < LongestPause && early.Message.Contains("shared memory block", StringComparison.Ordinal))
            {
                // The connections of a killed server still notice that it is gone.
                await Task.Delay(pause, _clock, cancellation);
            }
        }

        _server = Postmaster.Named(_cluster.Path);
        await _login.EnsureDatabaseAsync(cancellation);
        LogStarted(_cluster.Path, ProcessId, (long)_clock.GetElapsedTime(begun).TotalMilliseconds);
    }

    /// <summary>What an earlier server left: one that no longer answers is stopped, and files that name what is no server are removed.</summary>
    private async Task ClearTheWayAsync(CancellationToken cancellation)
    {
        var earlier = Postmaster.Named(_cluster.Path);
        var state = earlier is null ? PostmasterState.Ended : await earlier.StateAsync(cancellation);
        if (state == PostmasterState.Running)
            await _cluster.StopAsync(cancellation);

        if (state is PostmasterState.AnotherProgram or PostmasterState.EndedUnasked)
            earlier!.Forget();

        if (state != PostmasterState.Unclear && earlier is not null && earlier.SocketFolder != _login.SocketFolder)
            SocketFolder.Remove(earlier.SocketFolder);
    }

    private async Task RestartAsync(Queue<long> restarts, CancellationToken cancellation)
    {
        PrivatePostgresException? last = null;
        while (true)
        {
            while (restarts.TryPeek(out var oldest) && _clock.GetElapsedTime(oldest) > RestartWindow)
                restarts.Dequeue();

            if (restarts.Count == MostRestarts)
                throw new PrivatePostgresException(PrivatePostgresFault.KeepsEnding,
                    $"PostgreSQL in {_cluster.Path} ended again after {MostRestarts} restarts within {RestartWindow.TotalMinutes:0} minutes. Its log is in the folder 'log' there.", last);

            await Task.Delay(FirstPause * (1 << restarts.Count), _clock, cancellation);
            restarts.Enqueue(_clock.GetTimestamp());
            await _changing.WaitAsync(cancellation);
            try
            {
                if (!_disposed)
                    await StartServerAsync(cancellation);

                return;
            }
            catch (PrivatePostgresException failed)
            {
                last = failed;
                LogNotRestarted(failed, restarts.Count);
            }
            finally
            {
                _changing.Release();
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Made a PostgreSQL {Version} database in {Cluster}.")]
    private partial void LogMade(string version, string cluster);

    [LoggerMessage(LogLevel.Information, "PostgreSQL in {Cluster} serves as process {Process}, after {Milliseconds} ms.")]
    private partial void LogStarted(string cluster, int process, long milliseconds);

    [LoggerMessage(LogLevel.Warning, "Took over PostgreSQL in {Cluster}, process {Process}: the LLMscope that started it did not stop it.")]
    private partial void LogAdopted(string cluster, int process);

    [LoggerMessage(LogLevel.Warning, "PostgreSQL, process {Process}, was left behind and does not answer. It is stopped and started again.")]
    private partial void LogNotAdopted(Exception reason, int process);

    [LoggerMessage(LogLevel.Error, "PostgreSQL, process {Process}, ended while LLMscope needs it.")]
    private partial void LogEnded(int process);

    [LoggerMessage(LogLevel.Error, "PostgreSQL could not be restarted, attempt {Attempt}.")]
    private partial void LogNotRestarted(Exception reason, int attempt);

    [LoggerMessage(LogLevel.Information, "PostgreSQL in {Cluster} stopped.")]
    private partial void LogStopped(string cluster);

    [LoggerMessage(LogLevel.Warning, "PostgreSQL in {Cluster} did not stop in time and was killed. Its next start recovers.")]
    private partial void LogKilled(string cluster);
}

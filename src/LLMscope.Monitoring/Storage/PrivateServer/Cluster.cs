namespace LLMscope.Monitoring.Storage.PrivateServer;

/// <summary>A cluster on disk, and the programs that make, start and stop its server.</summary>
/// <param name="path">The cluster's folder. Its parent is the data folder.</param>
internal sealed class Cluster(string path, ServerAccount account, PostgresBinaries binaries)
{
    // A server that has much to recover is not a server that failed.
    private const int LongestStartSeconds = 600;
    private const int LongestStopSeconds = 60;

    public const string Owner = "llmscope";

    public string Path => path;

    /// <summary>The major version of an existing cluster, or null where there is none.</summary>
    public static int? MajorOf(string path)
    {
        var version = System.IO.Path.Combine(path, "PG_VERSION");
        return File.Exists(version) ? int.Parse(File.ReadAllText(version).Trim()) : null;
    }

    /// <summary>Makes the cluster. An interrupted attempt leaves no half of one behind under its name.</summary>
    public async Task InitialiseAsync(string password, CancellationToken cancellation)
    {
        var partial = $"{path}.new";
        var secret = $"{path}.secret";
        if (Directory.Exists(partial))
            Directory.Delete(partial, recursive: true);

        Directory.CreateDirectory(partial, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        OwnerOnlyFile.Write(secret, password);
        try
        {
            await account.OwnAsync(partial, cancellation);
            await account.OwnAsync(secret, cancellation);
            string[] collation = binaries.Major >= 17 ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] : [];
            var made = await account.RunAsync(binaries.Program("initdb"),
                ["-D", partial, "-U", Owner, $"--pwfile={secret}", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", .. collation, "--data-checksums"], cancellation);
            made.Check($"PostgreSQL {binaries.Version} could not make a database in {path}");
        }
        finally
        {
            File.Delete(secret);
        }

        Directory.Move(partial, path);
    }

    /// <summary>Starts the server in a session of its own, so that Ctrl+C in the terminal does not reach it, and waits until it answers.</summary>
    public async Task StartAsync(string socketFolder, CancellationToken cancellation)
    {
        if (!await account.OwnsAsync(path, cancellation))
            await account.OwnAsync(path, cancellation);

        await account.WriteAsync(At("postgresql.conf"), ClusterSettings.Server(socketFolder), cancellation);
        await account.WriteAsync(At("pg_hba.conf"), ClusterSettings.Access, cancellation);
        File.Delete(At("start.log"));

        var started = await account.RunAsync(binaries.Program("pg_ctl"),
            ["start", "-D", path, "-l", At("start.log"), "-w", "-t", $"{LongestStartSeconds}", "-s", "-p", binaries.Program("postgres")], cancellation);
        if (!started.Succeeded)
            throw new PrivatePostgresException(PrivatePostgresFault.NotStarted,
                $"PostgreSQL {binaries.Version} did not start in {path}. {string.Join('\n', [started.Said, .. LastLines()])}");
    }

    /// <summary>Ends every connection and stops the server; kills it where it does not stop in time.</summary>
    /// <returns>False where it had to be killed; the next start recovers.</returns>
    public async Task<bool> StopAsync(CancellationToken cancellation)
    {
        // The number in the file of a server that has ended may be that of another program by now.
        if (Postmaster.Named(path) is not { } server || await server.StateAsync(cancellation) != PostmasterState.Running)
            return true;

        if ((await PgStopAsync("fast", cancellation)).Succeeded)
            return true;

        await PgStopAsync("immediate", cancellation);
        return false;
    }

    /// <summary>Deletes the oldest log files: PostgreSQL rotates by size but keeps every file.</summary>
    public void TrimLogs()
    {
        foreach (var old in Logs().SkipLast(ClusterSettings.LogFiles))
            File.Delete(old);
    }

    private Task<Finished> PgStopAsync(string mode, CancellationToken cancellation) => account.RunAsync(
        binaries.Program("pg_ctl"), ["stop", "-D", path, "-m", mode, "-w", "-t", $"{LongestStopSeconds}", "-s"], cancellation);

    private IEnumerable<string> LastLines() => new[] { At("start.log"), Logs().LastOrDefault() ?? "" }
        .Where(File.Exists)
        .SelectMany(log => File.ReadLines(log).TakeLast(20));

    private IEnumerable<string> Logs() => Directory.Exists(At("log")) ? Directory.EnumerateFiles(At("log"), "server-*.log").Order() : [];

    private string At(string name) => System.IO.Path.Combine(path, name);
}

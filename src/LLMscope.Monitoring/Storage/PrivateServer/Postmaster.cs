namespace LLMscope.Monitoring.Storage.PrivateServer;

/// <summary>The server process that a cluster names as its own, in the file <c>postmaster.pid</c>.</summary>
/// <param name="Id">The process.</param>
/// <param name="Cluster">The cluster that names it.</param>
/// <param name="SocketFolder">Where it listens.</param>
/// <remarks>PostgreSQL, src/include/utils/pidfile.h: process, folder, start time, port, socket folder, address, memory key, status.</remarks>
internal sealed record Postmaster(int Id, string Cluster, string SocketFolder)
{
    private const string Processes = "/proc";

    public static string PidFile(string cluster) => Path.Combine(cluster, "postmaster.pid");

    /// <summary>Null where the cluster names none. The named one need not exist any more.</summary>
    public static Postmaster? Named(string cluster)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(PidFile(cluster));
        }
        catch (IOException missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        return lines.Length > 0 && int.TryParse(lines[0], out var id) ? new Postmaster(id, cluster, lines.ElementAtOrDefault(4) ?? "") : null;
    }

    /// <summary>A number may have gone to another program since; only a command line with this cluster counts.</summary>
    public async Task<PostmasterState> StateAsync(CancellationToken cancellation)
    {
        var command = await CommandAsync(cancellation);
        if (command.Length == 0) // Until its parent has asked how it ended, its number lives on.
            return Directory.Exists($"{Processes}/{Id}") ? PostmasterState.EndedUnasked : PostmasterState.Ended;

        if (!command.Contains("postgres", StringComparison.Ordinal))
            return PostmasterState.AnotherProgram;

        return command.Contains(Cluster, StringComparison.Ordinal) ? PostmasterState.Running : PostmasterState.Unclear;
    }

    /// <summary>Removes the files that name this process. PostgreSQL still finds its memory if any of its children use it.</summary>
    public void Forget()
    {
        File.Delete(PidFile(Cluster));
        if (Directory.Exists(SocketFolder))
            File.Delete(Path.Combine(SocketFolder, ".s.PGSQL.5432.lock"));
    }

    private async Task<string> CommandAsync(CancellationToken cancellation)
    {
        if (!Directory.Exists(Processes))
            return (await Finished.RunAsync("ps", ["-o", "command=", "-p", $"{Id}"], cancellation)).Said;

        try
        {
            return await File.ReadAllTextAsync($"{Processes}/{Id}/cmdline", cancellation);
        }
        catch (IOException)
        {
            return ""; // It ended before or while it was read.
        }
    }
}

internal enum PostmasterState
{
    Running,
    Ended,

    /// <summary>It ended and its number is not free yet, which to PostgreSQL looks like a server that runs.</summary>
    EndedUnasked,

    /// <summary>The number belongs to a program that is no PostgreSQL.</summary>
    AnotherProgram,

    /// <summary>The number belongs to a PostgreSQL, perhaps of another cluster: left to PostgreSQL to judge.</summary>
    Unclear,
}

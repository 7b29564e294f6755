using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace LLMscope.Monitoring.Storage.PrivateServer;

/// <summary>One PostgreSQL on this machine that the server's user can run.</summary>
/// <param name="Folder">Holds <c>bin</c>.</param>
/// <param name="Major">The version that a cluster is bound to, for example 18.</param>
/// <param name="Version">For people, for example 18.4.</param>
internal sealed partial record PostgresBinaries(string Folder, int Major, string Version)
{
    private static readonly string[] Needed = ["postgres", "initdb", "pg_ctl"];

    public string Program(string name) => Path.Combine(Folder, "bin", name);

    /// <summary>
    /// The first that fits, in this order: the configured one and no other; the one that came with LLMscope; the
    /// system's, newest first. One that the server's user cannot reach is copied to where it can.
    /// </summary>
    /// <param name="cluster">The major version of the cluster, where there is one already.</param>
    /// <param name="copies">Where a copy goes; the server's user can enter it.</param>
    public static async Task<PostgresBinaries> FindAsync(
        string? configured, int? cluster, ServerAccount account, string copies, CancellationToken cancellation)
    {
        var found = new List<string>();
        foreach (var folder in configured is null ? Candidates() : [Configured(configured)])
        {
            var binaries = await ProbeAsync(folder, account, copies, cancellation);
            if (binaries is null)
                continue;

            if (cluster is null || cluster == binaries.Major)
                return binaries;

            found.Add($"{binaries.Version} in {binaries.Folder}");
        }

        throw found.Count > 0
            ? new PrivatePostgresException(PrivatePostgresFault.OtherVersion,
                $"The database was made by PostgreSQL {cluster}, and here is only PostgreSQL {string.Join(", ", found)}. "
                + $"Install PostgreSQL {cluster} and name its folder (LLMscope:PostgresBinaries), or move the data with pg_dump or pg_upgrade.")
            : new PrivatePostgresException(PrivatePostgresFault.NoBinaries, configured is null
                ? "No PostgreSQL was found. Build LLMscope with npm at hand, install PostgreSQL (Debian: apt-get install postgresql), name its folder (LLMscope:PostgresBinaries), or configure a database (ConnectionStrings:LLMscope)."
                : $"There is no PostgreSQL that runs in {configured} (LLMscope:PostgresBinaries): bin/postgres, bin/initdb and bin/pg_ctl are needed.");
    }

    private static string Configured(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return Path.GetFileName(full) == "bin" ? Path.GetDirectoryName(full)! : full;
    }

    private static IEnumerable<string> Candidates()
    {
        var system = OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var package = Path.Combine($"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}", "native");

        yield return Path.Combine(AppContext.BaseDirectory, "postgres", package);

        var place = Path.Combine(AppContext.BaseDirectory, "LLMscope.postgres.path"); // left by the build
        if (File.Exists(place))
            yield return Path.Combine(File.ReadAllText(place).Trim(), package);

        const string Debian = "/usr/lib/postgresql";
        if (!Directory.Exists(Debian))
            yield break;

        foreach (var version in Directory.GetDirectories(Debian).OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var major) ? major : 0))
            yield return version;
    }

    private static async Task<PostgresBinaries?> ProbeAsync(string folder, ServerAccount account, string copies, CancellationToken cancellation)
    {
        if (!Needed.All(program => File.Exists(Path.Combine(folder, "bin", program))))
            return null;

        if (BinaryLinks.TryRestore(folder) && await AskAsync(folder, account, cancellation) is { } reachable)
            return reachable;

        // The name tells the copies apart before the program can be asked: its links may be missing here.
        var stamp = File.GetLastWriteTimeUtc(Path.Combine(folder, "bin", "postgres")).Ticks;
        var copy = Path.Combine(copies, $"postgres-{stamp:x}", "native");
        if (!Directory.Exists(copy))
            Copy(folder, copy);

        return await AskAsync(copy, account, cancellation);
    }

    private static async Task<PostgresBinaries?> AskAsync(string folder, ServerAccount account, CancellationToken cancellation)
    {
        var answer = await account.RunAsync(Path.Combine(folder, "bin", "postgres"), ["--version"], cancellation);
        var version = VersionText().Match(answer.Said);
        return answer.Succeeded && version.Success
            ? new PostgresBinaries(folder, int.Parse(version.Groups["major"].ValueSpan), version.Groups["all"].Value)
            : null;
    }

    /// <summary>A copy that is there is whole: it gets its name last.</summary>
    private static void Copy(string folder, string copy)
    {
        const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Runnable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

        var whole = Path.GetDirectoryName(copy)!;
        var partial = $"{whole}.{Guid.NewGuid():N}";
        foreach (var source in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(partial, "native", Path.GetRelativePath(folder, source));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target);
            File.SetUnixFileMode(target, Path.GetFileName(Path.GetDirectoryName(target)) == "bin" ? Runnable : Readable);
        }

        foreach (var directory in Directory.EnumerateDirectories(partial, "*", SearchOption.AllDirectories).Append(partial).Append(Path.GetDirectoryName(whole)!))
            File.SetUnixFileMode(directory, Runnable);

        BinaryLinks.TryRestore(Path.Combine(partial, "native"));
        Directory.Move(partial, whole);
    }

    [GeneratedRegex(@"PostgreSQL\) (?<all>(?<major>\d+)[\w.]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionText();
}

namespace LLMscope.Monitoring.Storage.PrivateServer;

/// <summary>
/// The user that runs the server: the user of this process, or another one when this process is root, because
/// PostgreSQL refuses root. Every program that touches the cluster is run through it.
/// </summary>
internal sealed record ServerAccount(string Name, uint User, uint Group, bool IsOther)
{
    public static ServerAccount Choose(string? configured)
    {
        if (!Environment.IsPrivilegedProcess)
            return new ServerAccount(Environment.UserName, User: 0, Group: 0, IsOther: false);

        var account = Find(configured ?? "postgres") ?? (configured is null ? Find("nobody") : null)
            ?? throw new PrivatePostgresException(PrivatePostgresFault.Unreachable,
                $"LLMscope runs as root, and PostgreSQL refuses root. There is no user {configured ?? "postgres or nobody"} to run it: name one of /etc/passwd (LLMscope:PostgresUser).");
        return account.User != 0
            ? account
            : throw new PrivatePostgresException(PrivatePostgresFault.Unreachable, "PostgreSQL does not run as root. Name another user (LLMscope:PostgresUser).");
    }

    /// <summary>Runs a program as this user and waits for it.</summary>
    public Task<Finished> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation, string input = "") => IsOther
        ? Finished.RunAsync("setpriv", [$"--reuid={User}", $"--regid={Group}", "--clear-groups", "--", program, .. arguments], cancellation, input)
        : Finished.RunAsync(program, arguments, cancellation, input);

    /// <summary>Writes a file as this user: root would follow a link that this user may have put in its place.</summary>
    public async Task WriteAsync(string path, string text, CancellationToken cancellation)
        => (await RunAsync("tee", [path], cancellation, text)).Check($"{path} could not be written");

    /// <summary>Makes this user the owner of a file or of a folder with all in it, without following links.</summary>
    public async Task OwnAsync(string path, CancellationToken cancellation)
    {
        if (IsOther)
            (await Finished.RunAsync("chown", ["-R", "-h", $"{User}:{Group}", path], cancellation)).Check($"{path} could not be given to the user {Name}");
    }

    /// <summary>
    /// Sees to it that this user can enter the data folder. One that only root may enter is opened to this user's
    /// group, to walk through and not to list; what lies above it is not ours to open.
    /// </summary>
    public async Task EnterAsync(string folder, CancellationToken cancellation)
    {
        if (!IsOther)
            return;

        if ((File.GetUnixFileMode(folder) & (UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) == UnixFileMode.None)
        {
            (await Finished.RunAsync("chown", ["-h", $":{Group}", folder], cancellation)).Check($"{folder} could not be opened to the user {Name}");
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute);
        }

        var entered = await RunAsync("test", ["-x", folder], cancellation);
        if (!entered.Succeeded)
            throw new PrivatePostgresException(PrivatePostgresFault.Unreachable,
                $"LLMscope runs as root, and PostgreSQL, which refuses root, as the user {Name}; that user cannot enter the data folder {folder}. {entered.Said} "
                + "Choose a data folder that does not lie under a folder that only root may enter, for example /var/lib/llmscope (LLMscope:DataFolder).");
    }

    public async Task<bool> OwnsAsync(string folder, CancellationToken cancellation)
        => !IsOther || (await RunAsync("test", ["-O", folder], cancellation)).Succeeded;

    private static ServerAccount? Find(string nameOrNumber) => File.ReadLines("/etc/passwd")
        .Select(line => line.Split(':'))
        .Where(fields => fields.Length > 3 && (fields[0] == nameOrNumber || fields[2] == nameOrNumber))
        .Select(fields => new ServerAccount(fields[0], uint.Parse(fields[2]), uint.Parse(fields[3]), IsOther: true))
        .FirstOrDefault();
}

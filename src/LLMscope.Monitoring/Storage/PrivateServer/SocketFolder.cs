namespace LLMscope.Monitoring.Storage.PrivateServer;

/// <summary>
/// Where the server listens: beside the cluster, or in a short folder under /tmp where that path is too long for a
/// socket or has characters with a meaning in a connection string. Only the server's user can enter it.
/// </summary>
internal static class SocketFolder
{
    private const string Short = "/tmp/llmscope-";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // sun_path holds 104 bytes on macOS and 108 on Linux, the zero at the end and the socket's name included.
    private const int LongestPath = 103 - 14;

    public static string Choose(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "socket");
        return path.Length <= LongestPath && path.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '_' or '-')
            ? path
            : $"{Short}{Guid.NewGuid():N}"; // not to be guessed, so nobody can have made it before
    }

    public static async Task PrepareAsync(string path, ServerAccount account, CancellationToken cancellation)
    {
        Directory.CreateDirectory(path, OwnerOnly);
        await account.OwnAsync(path, cancellation);
    }

    /// <summary>Removes the folder of a server that has ended, if it was a short one.</summary>
    public static void Remove(string path)
    {
        if (path.StartsWith(Short, StringComparison.Ordinal) && Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }
}

using System.Buffers;

namespace LLMscope.Monitoring.Storage;

/// <summary>
/// The folder in which LLMscope keeps what it owns, open to its owner alone. It belongs to one process at a time:
/// the operating system holds the lock and releases it when that process ends, however it ends.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Quoted by a shell on the way to the server.
    private static readonly SearchValues<char> Unquotable = SearchValues.Create("\"$`\\\n\r");

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>The full path, without a slash at its end.</summary>
    public string Path { get; }

    /// <summary>Opens the folder, creates it where it is missing, and keeps every other process out until disposed.</summary>
    /// <param name="path">The folder; <see cref="DefaultPath"/> where it is left out.</param>
    /// <exception cref="PrivatePostgresException">Another process has it open, or it cannot be used.</exception>
    public static DataFolder Open(string? path = null)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(string.IsNullOrWhiteSpace(path) ? DefaultPath() : path));
        if (full.AsSpan().ContainsAny(Unquotable))
            throw new PrivatePostgresException(PrivatePostgresFault.Unreachable,
                $"The data folder {full} has a quotation mark, a dollar sign, a backslash or a line break in its name. Choose another (LLMscope:DataFolder).");

        // An existing folder keeps its permissions, which may be a decision of its owner; what is secret in it has its own.
        if (!Directory.Exists(full))
            Directory.CreateDirectory(full, OwnerOnly);

        var folder = new DataFolder(full, Lock(full));
        File.WriteAllText(folder.At("llmscope.pid"), $"{Environment.ProcessId}\n");
        return folder;
    }

    /// <summary>/var/lib/llmscope for root, otherwise the user's own data folder as the XDG Base Directory Specification names it.</summary>
    public static string DefaultPath() => Environment.IsPrivilegedProcess
        ? "/var/lib/llmscope"
        : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "llmscope");

    /// <summary>The path of something in this folder.</summary>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Gives the folder to the next process. The lock file stays: a deleted one could be locked twice.</summary>
    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(folder, "llmscope.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException locked) when (locked.GetType() == typeof(IOException))
        {
            throw new PrivatePostgresException(PrivatePostgresFault.FolderInUse,
                $"The data folder {folder} is in use by another LLMscope (process {Holder(folder)}). Stop that one, or give this one a folder of its own (LLMscope:DataFolder).", locked);
        }
    }

    private static string Holder(string folder)
    {
        var note = System.IO.Path.Combine(folder, "llmscope.pid");
        return File.Exists(note) ? File.ReadAllText(note).Trim() : "not yet known";
    }
}

namespace LLMscope.Monitoring.Storage;

/// <summary>The private server cannot serve. The message says what to do about it.</summary>
public sealed class PrivatePostgresException(PrivatePostgresFault fault, string message, Exception? cause = null)
    : Exception(message, cause)
{
    public PrivatePostgresFault Fault { get; } = fault;
}

public enum PrivatePostgresFault
{
    /// <summary>Another LLMscope has the data folder open.</summary>
    FolderInUse,

    /// <summary>No PostgreSQL was found, or not the one that was configured.</summary>
    NoBinaries,

    /// <summary>The cluster belongs to a major version of PostgreSQL that is not at hand.</summary>
    OtherVersion,

    /// <summary>The user that runs the server cannot enter a folder that it needs.</summary>
    Unreachable,

    /// <summary>The cluster could not be made or the server did not start; the message quotes what it said.</summary>
    NotStarted,

    /// <summary>The server kept ending after it had started.</summary>
    KeepsEnding,
}

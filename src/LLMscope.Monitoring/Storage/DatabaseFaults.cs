using Npgsql;

namespace LLMscope.Monitoring.Storage;

/// <summary>Which faults of the database pass by themselves, so that the same transaction may be tried again.</summary>
internal static class DatabaseFaults
{
    /// <summary>
    /// True for a broken or refused connection and for the SQLSTATE classes 08 (connection), 53 (resources, for example a full disk)
    /// and 57 (the server is shutting down or starting up); false for whatever a second try would meet again.
    /// </summary>
    public static bool IsPassing(NpgsqlException fault) => fault is PostgresException { SqlState: var state }
        ? state[..2] is "08" or "53" or "57" || state is "40001" or "40P01"
        : fault.IsTransient || fault.InnerException is IOException or System.Net.Sockets.SocketException or TimeoutException;
}

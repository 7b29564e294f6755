using System.Data;
using Npgsql;

namespace LLMscope.Monitoring.Storage;

/// <summary>
/// Makes sure that one LLMscope writes a database: an advisory lock, held by a connection of its own. PostgreSQL releases it when
/// the process ends, however it ends.
/// </summary>
internal sealed class WriterLease : IAsyncDisposable
{
    // "LLMscope" in ASCII, so that it meets no one else's lock.
    private const long Key = 0x4C4C4D73636F7065;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _clock;
    private NpgsqlConnection _connection;

    private WriterLease(NpgsqlDataSource database, TimeProvider clock, NpgsqlConnection connection) =>
        (_database, _clock, _connection) = (database, clock, connection);

    /// <exception cref="InvalidOperationException">Another LLMscope writes this database.</exception>
    public static async Task<WriterLease> TakeAsync(NpgsqlDataSource database, TimeProvider clock, CancellationToken cancellation)
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        var started = clock.GetTimestamp();
        while (!await TryLockAsync(connection, cancellation))
        {
            // One that is just being stopped or was killed lets go soon.
            if (clock.GetElapsedTime(started) > Patience)
            {
                await connection.DisposeAsync();
                throw new InvalidOperationException("Another LLMscope writes this database. Stop it first, or give this one a database of its own.");
            }

            await Task.Delay(Retry, clock, cancellation);
        }

        return new WriterLease(database, clock, connection);
    }

    /// <summary>Keeps the lock until cancelled, and takes it again when the database was away.</summary>
    public async Task HoldAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Heartbeat, _clock);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            if (_connection.State != ConnectionState.Open)
            {
                await TakeAgainAsync(cancellation);
                continue;
            }

            try
            {
                await using var ping = new NpgsqlCommand("SELECT 1", _connection);
                await ping.ExecuteScalarAsync(cancellation);
            }
            catch (NpgsqlException fault) when (DatabaseFaults.IsPassing(fault))
            {
                await TakeAgainAsync(cancellation);
            }
        }
    }

    /// <summary>Lets go at once; a connection that only went back to its pool would keep the lock until it is used again.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await using var unlock = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", _connection);
            unlock.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Key });
            await unlock.ExecuteScalarAsync(CancellationToken.None);
        }
        catch (Exception gone) when (gone is NpgsqlException or InvalidOperationException or ObjectDisposedException)
        {
            // The connection is broken or closed, and its lock went with it.
        }

        await _connection.DisposeAsync();
    }

    private async Task TakeAgainAsync(CancellationToken cancellation)
    {
        try
        {
            await _connection.DisposeAsync();
            _connection = await _database.OpenConnectionAsync(cancellation);
        }
        catch (NpgsqlException fault) when (DatabaseFaults.IsPassing(fault))
        {
            return; // The next heartbeat tries again; until then nothing can be written either.
        }

        if (!await TryLockAsync(_connection, cancellation))
            throw new InvalidOperationException("Another LLMscope took over this database while it was away.");
    }

    private static async Task<bool> TryLockAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Key });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }
}

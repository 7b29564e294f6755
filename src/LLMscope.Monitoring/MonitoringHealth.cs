using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;
using Npgsql;

namespace LLMscope.Monitoring;

/// <summary>Whether LLMscope can do its work now, and why not.</summary>
public sealed class MonitoringHealth
{
    private readonly StartSignal _start;
    private readonly NpgsqlDataSource _database;
    private readonly SampleInbox _inbox;

    internal MonitoringHealth(StartSignal start, NpgsqlDataSource database, SampleInbox inbox) => (_start, _database, _inbox) = (start, database, inbox);

    /// <summary>Whether the database was opened and the past restored.</summary>
    public bool IsReady => _start.IsReady;

    /// <summary>Null where samples can be taken and judged; otherwise what is wrong, for people.</summary>
    public async Task<string?> FindProblemAsync(CancellationToken cancellation)
    {
        if (!_start.IsReady)
            return "LLMscope is starting: the database is not open yet.";

        if (_inbox.Waiting > _inbox.Capacity * 0.9)
            return "The inbox is more than 90 % full.";

        try
        {
            await using var command = _database.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(cancellation);
            return null;
        }
        catch (NpgsqlException fault)
        {
            return $"The database does not answer: {fault.Message}";
        }
    }

    /// <summary>Completes once samples can be taken.</summary>
    public Task ReadyAsync(CancellationToken cancellation) => _start.RestoredAsync(cancellation);
}

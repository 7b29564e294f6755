using Npgsql;

namespace LLMscope.Monitoring.Alerts;

/// <summary>The receivers, to be listed, added, changed, removed and tested. A secret goes in and does not come out.</summary>
public sealed class ReceiverBook
{
    private readonly NpgsqlDataSource _database;
    private readonly ReceiverCheck _check;
    private readonly ReceiverSecrets _secrets;
    private readonly ReceiverTest _test;
    private readonly OutboxBell _bell;
    private readonly TimeProvider _clock;

    internal ReceiverBook(NpgsqlDataSource database, ReceiverCheck check, ReceiverSecrets secrets, ReceiverTest test, OutboxBell bell, TimeProvider clock) =>
        (_database, _check, _secrets, _test, _bell, _clock) = (database, check, secrets, test, bell, clock);

    /// <summary>What kinds of receivers there are, with their fields.</summary>
    public IReadOnlyList<ReceiverKind> Kinds => _check.Kinds;

    /// <summary>All, by name.</summary>
    public async Task<IReadOnlyList<Receiver>> ListAsync(CancellationToken cancellation) =>
        [.. (await ReceiverRows.ListAsync(_database, _secrets, cancellation)).Select(stored => stored.Receiver)];

    public async Task<Receiver?> FindAsync(Guid id, CancellationToken cancellation) =>
        (await ReceiverRows.FindAsync(_database, _secrets, id, cancellation))?.Receiver;

    public async Task<ReceiverChange> AddAsync(ReceiverDraft draft, CancellationToken cancellation)
    {
        var secret = draft.Secret is { Length: > 0 } ? draft.Secret : null;
        var (settings, problems) = _check.Check(draft, secret);
        return problems.Count > 0
            ? new(null, problems)
            : await SaveAsync(Guid.CreateVersion7(_clock.GetUtcNow()), draft, settings, _secrets.Protect(secret), cancellation);
    }

    /// <summary>Changes everything but the kind. What waits for the receiver is sent to where it leads from now on.</summary>
    /// <returns>Null where there is no such receiver.</returns>
    public async Task<ReceiverChange?> UpdateAsync(Guid id, ReceiverDraft draft, CancellationToken cancellation)
    {
        if (await ReceiverRows.FindAsync(_database, _secrets, id, cancellation) is not { } stored)
            return null;

        if (stored.Receiver.Kind != draft.Kind)
            return new(null, [new("kind", $"It is '{stored.Receiver.Kind}' and stays so. Add another receiver instead.")]);

        var keeps = draft.Secret is null && stored.Secret is not null;
        string? secret;
        if (!keeps)
            secret = draft.Secret is { Length: > 0 } ? draft.Secret : null;
        else if (!_secrets.TryReveal(stored.Secret, out secret))
            return new(null, [new("secret", "The stored secret cannot be decrypted, because its key is gone. Enter it again.")]);

        var (settings, problems) = _check.Check(draft, secret);
        if (keeps && problems.Count == 0 && _check.CheckLead(draft, settings, stored.Receiver.Settings) is { } lead)
            problems.Add(lead);

        return problems.Count > 0
            ? new(null, problems)
            : await SaveAsync(id, draft, settings, keeps ? stored.Secret : _secrets.Protect(secret), cancellation);
    }

    /// <summary>Switches it on or off. What waits for it while it is off is sent once it is on again.</summary>
    /// <returns>False where there is no such receiver.</returns>
    public async Task<bool> EnableAsync(Guid id, bool enabled, CancellationToken cancellation)
    {
        var found = await ReceiverRows.EnableAsync(_database, id, enabled, _clock.GetUtcNow(), cancellation);
        _bell.Ring();
        return found;
    }

    /// <summary>Removes it with all its notifications, also those that wait.</summary>
    /// <returns>False where there is no such receiver.</returns>
    public Task<bool> RemoveAsync(Guid id, CancellationToken cancellation) => ReceiverRows.RemoveAsync(_database, id, cancellation);

    /// <summary>Sends a test message now, enabled or not, and answers what the receiver answered. It is not tried again.</summary>
    /// <returns>Null where there is no such receiver.</returns>
    public async Task<DeliveryAnswer?> TestAsync(Guid id, CancellationToken cancellation) =>
        await ReceiverRows.FindAsync(_database, _secrets, id, cancellation) is { } stored ? await _test.SendAsync(stored, cancellation) : null;

    private async Task<ReceiverChange> SaveAsync(
        Guid id, ReceiverDraft draft, Dictionary<string, string> settings, byte[]? secret, CancellationToken cancellation)
    {
        if (!await ReceiverRows.TrySaveAsync(_database, id, draft, settings, secret, _clock.GetUtcNow(), cancellation))
            return new(null, [new("name", "Another receiver has this name.")]);

        _bell.Ring();
        return new(await FindAsync(id, cancellation), []);
    }
}

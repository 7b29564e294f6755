using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.Samples;

/// <summary>
/// The items of one request on their way into the inbox. As many as fit into a whole wait until all are read, and are taken as a whole or not at all.
/// Of a longer body, what is right is passed on as it arrives, no faster than it is stored, so that its length costs no memory.
/// </summary>
internal sealed class ItemFlow(SampleInbox inbox, BatchBuilder batch, ItemErrors errors, int mostWhole, bool partial, CancellationToken cancellation)
{
    /// <summary>Samples that are passed on at once.</summary>
    private const int Portion = 20_000;

    // One is stored while the next is read.
    private SampleBatch? _underway;

    /// <summary>Whether items are passed on as they arrive: what is wrong among them no longer holds back the others.</summary>
    public bool IsFlowing { get; private set; }

    /// <summary>What became of the items that were passed on.</summary>
    public BatchReceipt Receipt { get; private set; }

    /// <summary>Takes note that so many items were read, and passes on what has gathered.</summary>
    /// <returns>Null, or a fault where the first items of a long body are wrong: then nothing has been stored.</returns>
    public async ValueTask<BodyFault?> ReadAsync(int read)
    {
        if (!IsFlowing && read <= mostWhole && batch.Count <= inbox.Capacity / 2)
            return null;
        if (!IsFlowing && !partial && errors.Count > 0)
            return BodyFault.OfItems;

        IsFlowing = true;
        if (batch.Count >= Portion)
            await PassOnAsync();
        return null;
    }

    /// <summary>Passes on what is left, and waits until all is on disk.</summary>
    public async Task FinishAsync()
    {
        if (batch.Count > 0)
            await PassOnAsync();
        await StoredAsync();
    }

    private async Task PassOnAsync()
    {
        batch.MakeSeries(onlyAll: false);
        var portion = batch.Build();
        if (portion.Count == 0)
            return;

        await inbox.AcceptAsync(portion, cancellation);
        await StoredAsync();
        _underway = portion;
    }

    private async Task StoredAsync()
    {
        if (_underway is null)
            return;

        var receipt = await _underway.Receipt;
        Receipt = new BatchReceipt(Receipt.Accepted + receipt.Accepted, Receipt.Duplicates + receipt.Duplicates);
        _underway = null;
    }
}

using System.Buffers;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Monitoring.Storage;

/// <summary>
/// The rows of one group commit: what is left of its batches without duplicates, in order of event time within each series
/// as far as the group allows, with sequences given and late samples marked. Calls and samples share one sequence.
/// </summary>
internal sealed class ArchiveGroup
{
    private ArchiveGroup(long firstSequence, ArraySegment<ArchivedSample> samples, List<ArchivedCall> calls, BatchReceipt[] receipts)
    {
        FirstSequence = firstSequence;
        Samples = samples;
        Calls = calls;
        Receipts = receipts;
        Duplicates = receipts.Sum(receipt => receipt.Duplicates);
        (NewSeries, Days) = Survey(samples, calls);
    }

    public long FirstSequence { get; }

    public long LastSequence => FirstSequence + Count - 1;

    public int Count => Samples.Count + Calls.Count;

    /// <summary>In an array of the shared pool, which whoever is done with it gives back.</summary>
    public ArraySegment<ArchivedSample> Samples { get; }

    public List<ArchivedCall> Calls { get; }

    public BatchReceipt[] Receipts { get; }

    public int Duplicates { get; }

    public IReadOnlyList<Series> NewSeries { get; }

    public IReadOnlySet<DateOnly> Days { get; }

    /// <param name="group">The batches of the commit, in order of arrival.</param>
    /// <param name="fresh">The keys that this commit claimed; an item with another key is a duplicate. Consumed.</param>
    /// <param name="archived">The last sequence that is archived already.</param>
    public static ArchiveGroup Of(List<SampleBatch> group, HashSet<Guid> fresh, long archived)
    {
        var calls = new List<ArchivedCall>();
        var samples = ArrayPool<ArchivedSample>.Shared.Rent(group.Sum(batch => batch.Count));
        var count = 0;
        var receipts = new BatchReceipt[group.Count];
        var sequence = archived;

        for (var i = 0; i < group.Count; i++)
            receipts[i] = Take(group[i], fresh, samples, ref count, calls, ref sequence);

        MarkLate(samples.AsSpan(0, count), sequence);
        return new ArchiveGroup(archived + 1, new ArraySegment<ArchivedSample>(samples, 0, count), calls, receipts);
    }

    private static (IReadOnlyList<Series> NewSeries, IReadOnlySet<DateOnly> Days) Survey(ReadOnlySpan<ArchivedSample> samples, List<ArchivedCall> calls)
    {
        var added = new HashSet<Series>();
        var days = calls.Select(call => DateOnly.FromDateTime(call.Call.Time)).ToHashSet();
        var day = DateTime.MinValue;
        foreach (ref readonly var row in samples)
        {
            if (!row.Sample.Series.IsStored)
                added.Add(row.Sample.Series);

            // Neighbours are nearly always of one day, and a comparison is cheaper than a set.
            if (row.Sample.Time < day || row.Sample.Time - day >= TimeSpan.FromDays(1))
            {
                day = row.Sample.Time.Date;
                days.Add(DateOnly.FromDateTime(day));
            }
        }

        return ([.. added], days);
    }

    private static BatchReceipt Take(
        SampleBatch batch, HashSet<Guid> fresh, ArchivedSample[] samples, ref int count, List<ArchivedCall> calls, ref long sequence)
    {
        var (accepted, duplicates) = (0, 0);
        var callIds = batch.Calls.Count > 0 ? new long[batch.Calls.Count] : [];
        var seriesOfCalls = SeriesOfCalls(batch);
        for (var i = 0; i < batch.Calls.Count; i++)
        {
            if (IsDuplicate(batch.CallKeys, i, fresh))
            {
                duplicates++;
                continue;
            }

            callIds[i] = ++sequence;
            calls.Add(new ArchivedCall(sequence, batch.Calls[i], seriesOfCalls[i]));
            accepted++;
        }

        var items = batch.Samples.Span;
        for (var i = 0; i < items.Length; i++)
        {
            var callId = items[i].Call >= 0 ? callIds[items[i].Call] : 0;
            if (items[i].Call >= 0 && callId == 0)
                continue; // Its call is a duplicate, and so is it.

            if (items[i].Call < 0 && IsDuplicate(batch.SampleKeys, i, fresh))
            {
                duplicates++;
                continue;
            }

            samples[count++] = new ArchivedSample(0, items[i], callId);
            accepted += items[i].Call < 0 ? 1 : 0;
        }

        return new BatchReceipt(accepted, duplicates);
    }

    private static bool IsDuplicate(Guid[]? keys, int item, HashSet<Guid> fresh) =>
        keys is not null && keys[item] != Guid.Empty && !fresh.Remove(keys[item]);

    /// <summary>Any series of each call, which knows the stored source.</summary>
    private static Series[] SeriesOfCalls(SampleBatch batch)
    {
        var series = new Series[batch.Calls.Count];
        foreach (ref readonly var sample in batch.Samples.Span)
        {
            if (sample.Call >= 0)
                series[sample.Call] = sample.Series;
        }

        return Array.TrueForAll(series, one => one is not null) ? series : throw new InvalidOperationException("A call without samples cannot be archived.");
    }

    private static void MarkLate(Span<ArchivedSample> rows, long sequence)
    {
        if (!IsInOrder(rows, group: sequence))
            StableSortByTime(rows);

        foreach (ref var row in rows)
        {
            var (series, standing) = (row.Sample.Series, row.Sample.Standing);
            if (row.Sample.Time < series.LatestTime)
                standing = standing.IsCharted() ? Standing.Late : standing;
            else if (standing.IsCharted())
                series.LatestTime = row.Sample.Time;

            row = new ArchivedSample(++sequence, row.Sample with { Standing = standing }, row.CallId);
        }
    }

    /// <summary>Whether the samples of every series are in the order of time; how those of different series lie to each other matters to nobody.</summary>
    private static bool IsInOrder(ReadOnlySpan<ArchivedSample> rows, long group)
    {
        foreach (ref readonly var row in rows)
        {
            if (!row.Sample.Series.Follows(row.Sample.Time, group))
                return false;
        }

        return true;
    }

    private static void StableSortByTime(Span<ArchivedSample> rows)
    {
        var order = new (DateTime Time, int Index)[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            order[i] = (rows[i].Sample.Time, i);

        order.AsSpan().Sort(rows);
    }
}

/// <param name="AnySeries">A series of the call, which knows the stored source.</param>
internal sealed record ArchivedCall(long Id, Call Call, Series AnySeries);

using System.Diagnostics.Metrics;

namespace LLMscope.Monitoring.Storage;

/// <summary>What the archive counts of itself.</summary>
internal sealed class ArchiveMeter
{
    /// <summary>The meter that all instruments of LLMscope belong to.</summary>
    public const string Name = "LLMscope";

    private readonly Counter<long> _archived;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _retries;
    private readonly Histogram<double> _seconds;

    public ArchiveMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _archived = meter.CreateCounter<long>("llmscope.samples.archived", "{sample}", "Samples that are on disk.");
        _duplicates = meter.CreateCounter<long>("llmscope.items.duplicate", "{item}", "Items that were archived before and not stored again.");
        _retries = meter.CreateCounter<long>("llmscope.archive.retries", "{commit}", "Group commits that met a passing fault of the database.");
        _seconds = meter.CreateHistogram<double>("llmscope.archive.commit.duration", "s", "Time of one group commit.");

        // What never happened is 0, not absent: an alert on an increase needs both.
        foreach (var counter in (Counter<long>[])[_archived, _duplicates, _retries])
            counter.Add(0);
    }

    public void Archived(int samples, int duplicates, TimeSpan elapsed)
    {
        _archived.Add(samples);
        _duplicates.Add(duplicates);
        _seconds.Record(elapsed.TotalSeconds);
    }

    public void Retried() => _retries.Add(1);
}

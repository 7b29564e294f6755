using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace LLMscope.Monitoring.Samples;

public sealed class CatalogOptions
{
    public const string Section = "LLMscope:Catalog";

    /// <summary>Series that may exist. A sample of one more is refused with an error that says so.</summary>
    [Range(1, 10_000_000)]
    public int LargestNumberOfSeries { get; init; } = 100_000;
}

[OptionsValidator]
internal sealed partial class CatalogOptionsValidator : IValidateOptions<CatalogOptions>;

/// <summary>Every series there is, by its key. It grows only by accepted samples and never beyond its limit.</summary>
public sealed class SeriesCatalog(IOptions<CatalogOptions> options)
{
    // Bounded by LargestNumberOfSeries.
    private readonly ConcurrentDictionary<byte[], Series> _byKey = new(new SeriesKeyComparer());
    private readonly ConcurrentDictionary<int, Series> _byId = new();
    private readonly Dictionary<Source, int> _sources = [];
    private readonly Lock _adding = new();
    private int _lastId;
    private int _lastSourceId;

    public int Count => _byKey.Count;

    public int Limit => options.Value.LargestNumberOfSeries;

    public IEnumerable<Series> All => _byId.Values;

    public Series? Find(int id) => _byId.GetValueOrDefault(id);

    public Series? Find(ReadOnlySpan<byte> key) =>
        _byKey.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out var series) ? series : null;

    /// <summary>Finds the series or adds it; false where the limit leaves no room for one more.</summary>
    public bool TryGetOrAdd(Source source, Characteristic characteristic, [NotNullWhen(true)] out Series? series)
    {
        var key = SeriesKey.Of(source, characteristic.Name);
        if (_byKey.TryGetValue(key, out series))
            return true;

        lock (_adding)
        {
            if (_byKey.TryGetValue(key, out series))
                return true;

            if (_byKey.Count >= Limit)
                return false;

            if (!_sources.TryGetValue(source, out var sourceId))
                _sources[source] = sourceId = ++_lastSourceId;

            series = new Series(++_lastId, sourceId, source, characteristic);
            _byId[series.Id] = series;
            _byKey[key] = series;
            return true;
        }
    }

    /// <summary>Takes in a series that is stored already.</summary>
    internal void Restore(int id, int sourceId, Source source, Characteristic characteristic)
    {
        lock (_adding)
        {
            var series = new Series(id, sourceId, source, characteristic) { IsStored = true };
            _lastId = Math.Max(_lastId, id);
            _lastSourceId = Math.Max(_lastSourceId, sourceId);
            _sources[source] = sourceId;
            _byId[id] = series;
            _byKey[SeriesKey.Of(source, characteristic.Name)] = series;
        }
    }

    /// <summary>Forgets one series of a source that stays.</summary>
    internal void RemoveAlone(Series series)
    {
        lock (_adding)
        {
            _byKey.TryRemove(SeriesKey.Of(series.Source, series.Characteristic.Name), out _);
            _byId.TryRemove(series.Id, out _);
        }
    }

    internal void Remove(Series series)
    {
        lock (_adding)
        {
            _byKey.TryRemove(SeriesKey.Of(series.Source, series.Characteristic.Name), out _);
            _byId.TryRemove(series.Id, out _);
            _sources.Remove(series.Source);
        }
    }
}

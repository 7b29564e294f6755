using System.Buffers;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.Samples;

/// <summary>
/// Collects the right items of a request. Series that do not exist yet are made only when the whole request turned out right,
/// so that wrong requests leave nothing behind.
/// </summary>
/// <param name="historyBefore">What is older than this is history: charted, and nobody is told of it.</param>
internal sealed class BatchBuilder(SeriesCatalog catalog, ItemErrors errors, DateTime historyBefore)
{
    private const int Fewest = 16;

    // Rented, for a large body would leave as large arrays to the garbage collector; a batch that is archived gives its array back.
    private Sample[] _samples = [];
    private readonly List<(int Item, int Sample, Source Source, Characteristic Characteristic, bool NamesUnit)> _unknown = [];
    private List<Call> _calls = [];

    // The first item of a new series says its unit; one without a unit takes it, and one with a unit of another dimension is wrong.
    private readonly Dictionary<(Source Source, string Name), Unit> _units = [];
    private bool _hasUnknown;
    private List<Guid>? _sampleKeys;
    private List<Guid>? _callKeys;

    /// <summary>The samples since the last <see cref="Build"/>, those of calls included.</summary>
    public int Count { get; private set; }

    public Series? Find(ReadOnlySpan<byte> key) => catalog.Find(key);

    public void Add(Sample sample, Guid key)
    {
        Append(Aged(sample));
        AddKey(ref _sampleKeys, Count, key);
    }

    /// <summary>Adds a sample of a series that was not found.</summary>
    public void Add(int item, Source source, Characteristic characteristic, bool namesUnit, DateTime time, double value, Guid key, int count = 1)
    {
        _hasUnknown = true;
        _unknown.Add((item, Count, source, characteristic, namesUnit));
        Add(new Sample(null!, time, value, Count: count), key);
    }

    /// <summary>Adds a call with the samples that it yields.</summary>
    public void Add(int item, Call call, Guid key)
    {
        _calls.Add(call);
        AddKey(ref _callKeys, _calls.Count, key);
        var length = TokenCounts.Of(call);
        foreach (var (name, value) in CallSamples.Of(call))
        {
            var characteristic = Characteristic.Find(name)!;
            var series = catalog.Find(SeriesKey.Of(call.Source, name));
            if (series is null)
            {
                _hasUnknown = true;
                _unknown.Add((item, Count, call.Source, characteristic, NamesUnit: false));
            }

            Append(Aged(new Sample(series!, call.Time, value, CallSamples.StandingOf(call, name), _calls.Count - 1, length)));
            AddKey(ref _sampleKeys, Count, Guid.Empty);
        }
    }

    /// <summary>Makes the missing series as far as there is room for them; an item without room becomes an error.</summary>
    /// <param name="onlyAll">Make none at all unless there is room for all.</param>
    public void MakeSeries(bool onlyAll)
    {
        if (_unknown.Count == 0)
            return; // As nearly always.

        _unknown.RemoveAll(HasAnotherUnit);
        if (onlyAll && errors.Count > 0)
            return;

        var added = _unknown.DistinctBy(unknown => (unknown.Source, unknown.Characteristic.Name)).Count();
        var full = onlyAll && catalog.Count + added > catalog.Limit;
        foreach (var (item, sample, source, characteristic, _) in _unknown)
        {
            if (!full && catalog.TryGetOrAdd(source, characteristic, out var series))
                _samples[sample] = _samples[sample] with { Series = series };
            else
                errors.Add(item, "", $"would be a new series, and the limit of {catalog.Limit} series is reached; samples of known series are still taken");
        }
    }

    /// <summary>The batch of all items that have their series. What comes after it belongs to the next batch of the same request.</summary>
    public SampleBatch Build()
    {
        if (_hasUnknown)
            LeaveOutHomeless();

        var batch = SampleBatch.OfRented(_samples, Count, _calls, _sampleKeys?.ToArray(), _callKeys?.ToArray());
        (_samples, Count, _calls, _sampleKeys, _callKeys) = ([], 0, [], null, null);
        _unknown.Clear();
        _hasUnknown = false;
        return batch;
    }

    private bool HasAnotherUnit((int Item, int Sample, Source Source, Characteristic Characteristic, bool NamesUnit) unknown)
    {
        var series = (unknown.Source, unknown.Characteristic.Name);
        var unit = _units.TryAdd(series, unknown.Characteristic.Unit) ? unknown.Characteristic.Unit : _units[series];
        if (!unknown.NamesUnit || unit.Base == unknown.Characteristic.Unit.Base)
            return false;

        errors.Add(unknown.Item, "unit", $"does not measure {unknown.Characteristic.Name}, which an item before it brings in {unit.Symbol}");
        return true;
    }

    private void LeaveOutHomeless()
    {
        // A call is stored with all its samples or not at all, so one without a home takes the others with it.
        var homeless = _samples.Take(Count).Where(sample => sample.Series is null && sample.Call >= 0).Select(sample => sample.Call).ToHashSet();
        var left = 0;
        for (var i = 0; i < Count; i++)
        {
            if (_samples[i].Series is null || homeless.Contains(_samples[i].Call))
                continue;

            _samples[left] = _samples[i];
            if (_sampleKeys is not null)
                _sampleKeys[left] = _sampleKeys[i];
            left++;
        }

        _sampleKeys?.RemoveRange(left, Count - left);
        Count = left;

        if (homeless.Count == 0)
            return;

        var kept = Enumerable.Range(0, _calls.Count).Where(call => !homeless.Contains(call)).ToArray();
        var moved = kept.Index().ToDictionary(place => place.Item, place => place.Index);
        for (var i = 0; i < Count; i++)
            _samples[i] = _samples[i].Call < 0 ? _samples[i] : _samples[i] with { Call = moved[_samples[i].Call] };

        _callKeys = _callKeys is null ? null : [.. kept.Select(call => _callKeys[call])];
        var calls = kept.Select(call => _calls[call]).ToArray();
        _calls.Clear();
        _calls.AddRange(calls);
    }

    private void Append(in Sample sample)
    {
        if (Count == _samples.Length)
        {
            var larger = ArrayPool<Sample>.Shared.Rent(Math.Max(Fewest, Count * 2));
            _samples.AsSpan().CopyTo(larger);
            if (Count > 0)
                ArrayPool<Sample>.Shared.Return(_samples);
            _samples = larger;
        }

        _samples[Count++] = sample;
    }

    private Sample Aged(in Sample sample) =>
        sample.Time < historyBefore && sample.Standing == Standing.Judged ? sample with { Standing = Standing.History } : sample;

    // Keys are rare: the list begins with the first one, empty ones before it.
    private static void AddKey(ref List<Guid>? keys, int count, Guid key)
    {
        if (keys is null && key == Guid.Empty)
            return;

        keys ??= [.. Enumerable.Repeat(Guid.Empty, count - 1)];
        keys.Add(key);
    }
}

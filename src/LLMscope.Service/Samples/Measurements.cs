using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.Samples;

/// <summary>What LLMscope measures itself, collected until it is put into the inbox as one batch. For one thread.</summary>
internal sealed class Measurements(SeriesCatalog catalog, SampleInbox inbox)
{
    // Bounded by the sender, which offers after each round of readings.
    private readonly List<Sample> _samples = [];

    /// <summary>Values that found no room for a new series since the last offer.</summary>
    public int Homeless { get; private set; }

    public int Count => _samples.Count;

    /// <param name="time">In UTC and whole microseconds.</param>
    /// <param name="value">In the base unit of the characteristic.</param>
    /// <param name="count">How many observations the value stands for.</param>
    public void Add(Source source, Characteristic characteristic, DateTime time, double value, int count = 1)
    {
        if (catalog.TryGetOrAdd(source, characteristic, out var series))
            _samples.Add(new Sample(series, time, value, Count: count));
        else
            Homeless++;
    }

    /// <summary>Puts what was collected into the inbox and forgets it.</summary>
    /// <returns>Null where there was nothing or too much; else the batch, whose receipt completes once it is on disk.</returns>
    public SampleBatch? Offer(out bool isFull)
    {
        var batch = new SampleBatch(_samples.ToArray(), []);
        isFull = _samples.Count > 0 && !inbox.TryAccept(batch);
        var taken = _samples.Count > 0 && !isFull;
        _samples.Clear();
        Homeless = 0;
        return taken ? batch : null;
    }
}

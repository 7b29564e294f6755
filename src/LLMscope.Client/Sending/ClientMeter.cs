using System.Diagnostics.Metrics;

namespace LLMscope.Client.Sending;

/// <summary>What became of the measurements: numbers for the application, and instruments of the meter <c>LLMscope.Client</c>.</summary>
internal sealed class ClientMeter : IDisposable
{
    public const string Name = "LLMscope.Client";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _sentCounter;
    private readonly Counter<long> _droppedCounter;
    private readonly Counter<long> _refusedCounter;
    private long _sent;
    private long _dropped;
    private long _refused;

    public ClientMeter(Func<int> waiting)
    {
        _sentCounter = _meter.CreateCounter<long>("llmscope.client.sent", "{measurement}", "Measurements that LLMscope has stored.");
        _droppedCounter = _meter.CreateCounter<long>("llmscope.client.dropped", "{measurement}", "Measurements that were lost while LLMscope was away.");
        _refusedCounter = _meter.CreateCounter<long>("llmscope.client.refused", "{measurement}", "Measurements that LLMscope refused as wrong.");
        _meter.CreateObservableGauge("llmscope.client.waiting", waiting, "{measurement}", "Measurements that wait to be sent.");
    }

    public long Sent => Interlocked.Read(ref _sent);

    public long Dropped => Interlocked.Read(ref _dropped);

    public long Refused => Interlocked.Read(ref _refused);

    public void Stored(int count) => Count(ref _sent, _sentCounter, count);

    public void Lost(int count) => Count(ref _dropped, _droppedCounter, count);

    public void Wrong(int count) => Count(ref _refused, _refusedCounter, count);

    public void Dispose() => _meter.Dispose();

    private static void Count(ref long total, Counter<long> counter, int count)
    {
        if (count == 0)
            return;

        Interlocked.Add(ref total, count);
        try
        {
            counter.Add(count);
        }
        catch (Exception)
        {
            // Who listens to the instruments is the application; a fault of its ear must end neither its call nor the sending.
            return;
        }
    }
}

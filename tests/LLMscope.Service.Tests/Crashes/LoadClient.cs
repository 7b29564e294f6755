using System.Net.Http.Headers;
using System.Text;

namespace LLMscope.Tests.Crashes;

/// <summary>
/// One client that sends batches of items with ids, in order of time, and keeps what was acknowledged. What was not it sends again
/// until it is: exactly what the client of a durable service has to do.
/// </summary>
/// <param name="service">Where to send.</param>
/// <param name="model">The model that its series belong to.</param>
/// <param name="begin">The time of its first item; each next one is ten milliseconds later.</param>
internal abstract class LoadClient(HttpClient service, string model, DateTimeOffset begin, int batchSize = 20)
{
    private readonly Random _random = new(model.Sum(letter => letter));
    private readonly List<double> _acknowledged = [];
    private double[]? _unsure;

    public string Model => model;

    /// <summary>The durations that the service said are on disk, in order of time.</summary>
    public IReadOnlyList<double> Acknowledged => _acknowledged;

    /// <summary>Batches without an answer, which were sent again.</summary>
    public int Resent { get; private set; }

    public DateTime TimeOf(int item) => (begin + TimeSpan.FromMilliseconds(10 * item)).UtcDateTime;

    /// <summary>Sends until the service is gone or cancelled.</summary>
    public async Task SendAsync(Action acknowledged, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested && await TrySendAsync(cancellation))
            acknowledged();
    }

    /// <summary>Sends one batch, the one in doubt first; false where no answer came.</summary>
    public async Task<bool> TrySendAsync(CancellationToken cancellation)
    {
        Resent += _unsure is null ? 0 : 1;
        _unsure ??= [.. Enumerable.Range(0, batchSize).Select(_ => NextDuration())];
        try
        {
            var (path, type, body) = Request(_acknowledged.Count, _unsure);
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
            using var answer = await service.PostAsync(new Uri(path, UriKind.Relative), content, cancellation);
            if (!IsAcknowledged(answer, await answer.Content.ReadAsByteArrayAsync(cancellation)))
                return false;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException)
        {
            return false;
        }

        _acknowledged.AddRange(_unsure);
        _unsure = null;
        return true;
    }

    /// <param name="first">The number of the first item, from 0.</param>
    protected abstract (string Path, string Type, byte[] Body) Request(int first, double[] durations);

    /// <summary>Whether all that was sent is on disk.</summary>
    protected abstract bool IsAcknowledged(HttpResponseMessage answer, byte[] body);

    // In whole microseconds, as they are told by nanoseconds too. Some are far out, so that there are violations.
    private double NextDuration() => (_random.Next(60) == 0 ? _random.Next(30_000_000, 31_000_000) : _random.Next(1_000_000, 1_250_000)) / 1e6;
}

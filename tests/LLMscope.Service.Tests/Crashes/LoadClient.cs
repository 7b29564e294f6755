using System.Globalization;
using System.Net;
using System.Text;

namespace LLMscope.Tests.Crashes;

/// <summary>
/// One client that sends batches of samples with ids, in order of time, and keeps what was acknowledged. What was not it sends again
/// until it is: exactly what the client of a durable service has to do.
/// </summary>
/// <param name="service">Where to send.</param>
/// <param name="model">The model that its series belongs to.</param>
/// <param name="begin">The time of its first sample; each next one is ten milliseconds later.</param>
public sealed class LoadClient(HttpClient service, string model, DateTimeOffset begin, int batchSize = 20)
{
    private readonly Random _random = new(model.Sum(letter => letter));
    private readonly List<double> _acknowledged = [];
    private (string Body, double[] Values)? _unsure;

    public string Model => model;

    /// <summary>The values that the service said are on disk, in order of time.</summary>
    public IReadOnlyList<double> Acknowledged => _acknowledged;

    /// <summary>Items that the service had stored already, though its answer never came.</summary>
    public int Duplicates { get; private set; }

    public DateTime TimeOf(int sample) => (begin + TimeSpan.FromMilliseconds(10 * sample)).UtcDateTime;

    /// <summary>Sends until cancelled or until the service is gone; true where a last batch is in doubt.</summary>
    public async Task<bool> SendAsync(Action acknowledged, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            if (!await TrySendAsync(cancellation))
                return true;

            acknowledged();
        }

        return _unsure is not null;
    }

    /// <summary>Sends one batch, the one in doubt first; false where no answer came.</summary>
    public async Task<bool> TrySendAsync(CancellationToken cancellation)
    {
        var (body, values) = _unsure ??= MakeBatch();
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await service.PostAsync(new Uri("/api/v1/samples", UriKind.Relative), content, cancellation);
            if (answer.StatusCode != HttpStatusCode.Accepted)
                return false;

            var receipt = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation))!;
            Duplicates += receipt["duplicates"]!.GetValue<int>();
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException)
        {
            return false;
        }

        _acknowledged.AddRange(values);
        _unsure = null;
        return true;
    }

    private (string Body, double[] Values) MakeBatch()
    {
        var values = Enumerable.Range(0, batchSize).Select(_ => _random.Next(60) == 0 ? 30 + _random.NextDouble() : 1 + (_random.NextDouble() / 4)).ToArray();
        var items = values.Select((value, i) =>
        {
            var sample = _acknowledged.Count + i;
            return string.Create(CultureInfo.InvariantCulture,
                $$"""{"id":"{{model}}-{{sample}}","time":"{{TimeOf(sample):O}}","model":"{{model}}","characteristic":"duration","value":{{value:R}}}""");
        });
        return ($$"""{"samples":[{{string.Join(',', items)}}]}""", values);
    }
}

using System.Diagnostics;
using System.Net.Http.Headers;

namespace LLMscope.Benchmarks.Load;

/// <summary>
/// The time of the acknowledgement, and the time from the POST of a sample until its frame has arrived at a screen: at 10,000 samples a second
/// over 10,000 series, and at one sample a second. Both are measured by the client, so they include the way to it and back.
/// </summary>
internal static class LiveLoad
{
    private const int SeriesCount = 10_000;
    private const int History = 101;
    private const int Connections = 64;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(CancellationToken cancellation)
    {
        await using var process = await ServiceProcess.StartAsync(5_092, cancellation);
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = process.Address };

        // A hundred points of history each, so that every chart has its baseline and judges.
        var all = new LoadBody(LoadFormat.Ndjson, [.. Enumerable.Range(0, SeriesCount)], SeriesCount, new Random(1));
        var now = TimeProvider.System.GetUtcNow();
        for (var point = 0; point < History; point++)
        {
            all.Renew(now.AddSeconds(point - History - 30));
            await PostAsync(client, all.Bytes, new Latencies(), cancellation);
        }

        await WaitForPointsAsync(client, SeriesCount, cancellation);
        await using var screen = await LiveScreen.OpenAsync(process.Address, chartId: 1, afterNumber: History, cancellation);

        Latencies acknowledged, seen;
        foreach (var samples in new[] { 100, 10, 1 })
        {
            var bodies = Enumerable.Range(0, SeriesCount / samples)
                .Select(part => new LoadBody(LoadFormat.Ndjson, [.. Enumerable.Range(part * samples, samples)], samples, new Random(part))).ToArray();
            (acknowledged, seen) = await PaceAsync(client, bodies, screen, bodies.Length, Duration, cancellation);
            Console.WriteLine($"10,000 samples/s in bodies of {samples}, {SeriesCount:N0} judged series: acknowledged {acknowledged}");
            Console.WriteLine($"10,000 samples/s in bodies of {samples}: POST to frame on the screen {seen}");
        }

        var one = new[] { new LoadBody(LoadFormat.Ndjson, [0], 1, new Random(7)) };
        (acknowledged, seen) = await PaceAsync(client, one, screen, 1, Duration, cancellation);
        Console.WriteLine($"1 sample/s: acknowledged {acknowledged}");
        Console.WriteLine($"1 sample/s: POST to frame on the screen {seen}");
    }

    /// <summary>Sends bodies in turn, evenly spaced over each second, whether or not the earlier ones are answered.</summary>
    private static async Task<(Latencies Acknowledged, Latencies Seen)> PaceAsync(
        HttpClient client, LoadBody[] bodies, LiveScreen screen, int bodiesASecond, TimeSpan duration, CancellationToken cancellation)
    {
        var acknowledged = new Latencies();
        var seen = new Latencies();
        var answers = new List<Task>();
        var started = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < duration.TotalSeconds * bodiesASecond; sent++)
        {
            var due = TimeSpan.FromSeconds((double)sent / bodiesASecond) - Stopwatch.GetElapsedTime(started);
            if (due > TimeSpan.Zero)
                await Task.Delay(due, TimeProvider.System, cancellation);

            var body = bodies[sent % bodies.Length];
            var bytes = Stamped(body);
            var start = Stopwatch.GetTimestamp();
            if (sent % bodies.Length == 0)
                answers.Add(screen.NextPointAsync(cancellation).ContinueWith(arrived => seen.Add(Stopwatch.GetElapsedTime(start, arrived.Result)), cancellation, TaskContinuationOptions.None, TaskScheduler.Default));
            answers.Add(PostAsync(client, bytes, acknowledged, cancellation));
        }

        await Task.WhenAll(answers).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, cancellation);
        return (acknowledged, seen);
    }

    private static byte[] Stamped(LoadBody body)
    {
        body.Renew(TimeProvider.System.GetUtcNow());
        return [.. body.Bytes];
    }

    private static async Task PostAsync(HttpClient client, byte[] body, Latencies acknowledged, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(LoadFormat.Ndjson.MediaType) } };
        using var answer = await client.PostAsync(LoadFormat.Ndjson.Path, content, cancellation);
        answer.EnsureSuccessStatusCode();
        acknowledged.Add(Stopwatch.GetElapsedTime(start));
    }

    private static async Task WaitForPointsAsync(HttpClient client, int chart, CancellationToken cancellation)
    {
        while (true)
        {
            using var answer = await client.GetAsync($"/api/v1/charts/{chart}", cancellation);
            if (answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync(cancellation)).Contains($"\"number\":{History}", StringComparison.Ordinal))
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellation);
        }
    }
}

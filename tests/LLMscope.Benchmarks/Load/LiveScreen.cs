using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace LLMscope.Benchmarks.Load;

/// <summary>A screen that follows one chart, speaking the hub's JSON protocol over a WebSocket. It notes when each point arrives.</summary>
internal sealed class LiveScreen : IAsyncDisposable
{
    private const char Separator = '\u001e';

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Channel<long> _arrivals = Channel.CreateUnbounded<long>();
    private Task _reading = Task.CompletedTask;

    public static async Task<LiveScreen> OpenAsync(Uri address, int chartId, long afterNumber, CancellationToken cancellation)
    {
        var screen = new LiveScreen();
        await screen._socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/hubs/live" }.Uri, cancellation);
        await screen.SendAsync("{\"protocol\":\"json\",\"version\":1}", cancellation);
        await screen.SendAsync($"{{\"type\":4,\"invocationId\":\"1\",\"target\":\"WatchChart\",\"arguments\":[{chartId},{afterNumber}]}}", cancellation);
        screen._reading = screen.ReadAsync(screen._closing.Token);
        return screen;
    }

    /// <summary>When the next point arrived, as a timestamp.</summary>
    public Task<long> NextPointAsync(CancellationToken cancellation) => _arrivals.Reader.ReadAsync(cancellation).AsTask();

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _closing.Dispose();
    }

    private Task SendAsync(string message, CancellationToken cancellation) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message + Separator), WebSocketMessageType.Text, endOfMessage: true, cancellation);

    private async Task ReadAsync(CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        var text = new StringBuilder();
        while (!cancellation.IsCancellationRequested)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(), cancellation);
            var arrived = Stopwatch.GetTimestamp();
            text.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
            while (text.ToString().IndexOf(Separator, StringComparison.Ordinal) is var end and >= 0)
            {
                var message = text.ToString(0, end);
                text.Remove(0, end + 1);
                for (var points = PointsIn(message); points > 0; points--)
                    _arrivals.Writer.TryWrite(arrived);
            }
        }
    }

    private static int PointsIn(string message)
    {
        using var json = JsonDocument.Parse(message);
        return json.RootElement.TryGetProperty("item", out var item) && item.TryGetProperty("points", out var points) ? points.GetArrayLength() : 0;
    }
}

using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace LLMscope.Service.Tests.Live;

/// <summary>A client of the live hub that speaks SignalR's JSON protocol over a web socket, as any program may.</summary>
internal sealed class HubConnection : IDisposable
{
    private const char End = '\u001e';

    private readonly ClientWebSocket _socket = new();
    private readonly Queue<string> _received = new(); // bounded by one message of the socket
    private string _rest = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<HubConnection> OpenAsync(Uri service)
    {
        var connection = new HubConnection();
        await connection._socket.ConnectAsync(new UriBuilder(service) { Scheme = "ws", Path = "/hubs/live" }.Uri, Cancellation);
        await connection.SendAsync("""{"protocol":"json","version":1}""");
        Assert.Equal("{}", await connection.NextTextAsync());
        return connection;
    }

    public Task StreamAsync(string id, string method, params object[] arguments) =>
        SendAsync(new JsonObject
        {
            ["type"] = 4,
            ["invocationId"] = id,
            ["target"] = method,
            ["arguments"] = new JsonArray([.. arguments.Select(argument => JsonValue.Create(argument))]),
        }.ToJsonString());

    /// <summary>The next item of a stream, or its completion.</summary>
    public async Task<JsonNode> NextAsync(string id)
    {
        while (true)
        {
            var message = JsonNode.Parse(await NextTextAsync())!;
            if (message["type"]!.GetValue<int>() is 2 or 3 && message["invocationId"]!.GetValue<string>() == id)
                return message;
        }
    }

    public void Dispose() => _socket.Dispose();

    private Task SendAsync(string message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, endOfMessage: true, Cancellation);

    private async Task<string> NextTextAsync()
    {
        var buffer = new byte[64 * 1024];
        while (_received.Count == 0)
        {
            var part = await _socket.ReceiveAsync(buffer, Cancellation);
            _rest += Encoding.UTF8.GetString(buffer, 0, part.Count);
            var messages = _rest.Split(End);
            _rest = messages[^1];
            foreach (var message in messages[..^1])
                _received.Enqueue(message);
        }

        return _received.Dequeue();
    }
}

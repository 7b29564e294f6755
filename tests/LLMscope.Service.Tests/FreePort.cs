using System.Net;
using System.Net.Sockets;

namespace LLMscope.Service.Tests;

/// <summary>Ports of this machine on which nobody listens yet.</summary>
internal static class FreePort
{
    public static int Find() => Find(1)[0];

    /// <summary>So many different ones.</summary>
    public static int[] Find(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        Array.ForEach(listeners, listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        Array.ForEach(listeners, listener => listener.Dispose());
        return ports;
    }
}

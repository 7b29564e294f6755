using System.Net;

namespace LLMscope.Service.Health;

/// <summary>
/// Asks the LLMscope that runs beside it on this machine whether it is ready, and answers with an exit code: the health check of an image
/// that holds neither a shell nor curl. It listens where the environment says that LLMscope does.
/// </summary>
internal static class HealthProbe
{
    public const string Verb = "--healthcheck";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <returns>0 where LLMscope is ready, otherwise 1.</returns>
    public static async Task<int> AskAsync()
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_").Build();
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://{IPAddress.Loopback}:{PortOf(environment)}/health/ready"));
            Console.WriteLine(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            Console.WriteLine(fault.Message);
            return 1;
        }
    }

    /// <summary>The port of the first plain HTTP address: <c>urls</c> before <c>http_ports</c>, as Kestrel reads them, and the usual port without either.</summary>
    internal static int PortOf(IConfiguration environment)
    {
        var plain = Parts(environment["urls"]).FirstOrDefault(url => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase));
        if (plain is not null)
            return BindingAddress.Parse(plain).Port;

        return Parts(environment["http_ports"]) is [var port, ..] && ushort.TryParse(port, out var number) ? number : House.DefaultPort;
    }

    private static string[] Parts(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}

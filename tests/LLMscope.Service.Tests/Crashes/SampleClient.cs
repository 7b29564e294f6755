using System.Globalization;
using System.Net;
using System.Text;

namespace LLMscope.Tests.Crashes;

/// <summary>Sends durations as samples.</summary>
internal sealed class SampleClient(HttpClient service, string model, DateTimeOffset begin) : LoadClient(service, model, begin)
{
    protected override (string Path, string Type, byte[] Body) Request(int first, double[] durations)
    {
        var items = durations.Select((duration, i) => string.Create(CultureInfo.InvariantCulture,
            $$"""{"id":"{{Model}}-{{first + i}}","time":"{{TimeOf(first + i):O}}","model":"{{Model}}","characteristic":"duration","value":{{duration:R}}}"""));
        return ("/api/v1/samples", "application/json", Encoding.UTF8.GetBytes($$"""{"samples":[{{string.Join(',', items)}}]}"""));
    }

    protected override bool IsAcknowledged(HttpResponseMessage answer, byte[] body) => answer.StatusCode == HttpStatusCode.Accepted;
}

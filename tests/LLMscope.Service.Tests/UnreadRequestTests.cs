using System.Net;

namespace LLMscope.Service.Tests;

public sealed class UnreadRequestTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly ServiceHost _host = shared.Host;

    [Theory]
    [InlineData("""{"characteristics":["duration","time_to_first_token"]}""", "The body lacks 'chartId' at $")]
    [InlineData("""{"chartId":"one","characteristics":["a","b"]}""", "The body cannot be read at $.chartId (line 1, byte")]
    [InlineData("""{"chartId":1,"characteristics":["a","b"],"lambda":NaN}""", "The body cannot be read at $.lambda (line 1, byte")]
    [InlineData("""{"chartId":1,"characteristics":["a","b"],"colour":1}""", "The body cannot be read at $.colour (line 1, byte")]
    public async Task A_body_that_cannot_be_read_is_answered_with_the_place(string body, string detail)
    {
        var answer = await _host.PostAsync("/api/v1/joint-charts", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.StartsWith(detail, answer.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain("LLMscope.", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/violations?chart=abc", HttpStatusCode.OK)]
    [InlineData("/violations?page=abc", HttpStatusCode.OK)]
    [InlineData("/?page=abc", HttpStatusCode.OK)]
    [InlineData("/alerts?edit=abc", HttpStatusCode.OK)]
    [InlineData("/compare?chart=abc", HttpStatusCode.NotFound)]
    public async Task A_wrong_number_in_the_address_of_a_page_is_no_fault(string address, HttpStatusCode status)
    {
        using var answer = await _host.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
    }
}

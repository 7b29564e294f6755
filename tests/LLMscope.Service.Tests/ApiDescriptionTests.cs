using System.Net;

namespace LLMscope.Service.Tests;

public sealed class ApiDescriptionTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task The_OpenAPI_document_lists_every_path()
    {
        var answer = await shared.Host.GetAsync("/openapi/v1.json");

        var paths = answer.Json["paths"]!.AsObject().Select(path => path.Key).ToHashSet();
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "/api/v1/samples", "/api/v1/calls", "/api/v1/series", "/api/v1/charts", "/api/v1/charts/{id}", "/api/v1/charts/{id}/points", "/api/v1/annotations",
                "/api/v1/violations", "/api/v1/violations.csv", "/api/v1/violations/{id}", "/api/v1/violations/{id}/acknowledge", "/api/v1/violations/{id}/resolve",
                "/api/v1/judge", "/api/v1/run-lengths", "/api/v1/compare", "/api/v1/scraping/targets",
            },
            paths);
    }

    [Theory]
    [InlineData("/api/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/charts/999999", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/charts/999999/points", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/violations/7c9e6679-7425-40de-944b-e07fc1f90ae7", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/violations?from=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/violations?chart=x", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/violations?rule=R9", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/violations?state=9", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/violations?most=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/violations?model=%00", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/violations.csv?rule=R9", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/run-lengths", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_answered_is_a_problem_in_JSON(string path, HttpStatusCode status)
    {
        var answer = await shared.Host.GetAsync(path);

        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.Message.Content.Headers.ContentType?.MediaType));
        Assert.Equal((int)status, answer.Json["status"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_method_that_a_path_does_not_have_is_a_problem_in_JSON()
    {
        var message = await shared.Host.Client.DeleteAsync(new Uri("/api/v1/samples", UriKind.Relative), TestContext.Current.CancellationToken);
        var answer = await Answer.OfAsync(message);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "application/problem+json"), (answer.Status, message.Content.Headers.ContentType?.MediaType));
    }
}

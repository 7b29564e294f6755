using LLMscope.Monitoring.Samples;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.Tests.GenAi;

public class CallOutcomeTests
{
    [Theory]
    [InlineData("429", ErrorCategory.RateLimit)]
    [InlineData("408", ErrorCategory.Timeout)]
    [InlineData("504", ErrorCategory.Timeout)]
    [InlineData("500", ErrorCategory.Server)]
    [InlineData("529", ErrorCategory.Server)]
    [InlineData("404", ErrorCategory.Client)]
    [InlineData("499", ErrorCategory.Cancelled)]
    [InlineData("RateLimitError", ErrorCategory.RateLimit)]
    [InlineData("openai.RateLimitError", ErrorCategory.RateLimit)]
    [InlineData("insufficient_quota", ErrorCategory.RateLimit)]
    [InlineData("ThrottlingException", ErrorCategory.RateLimit)]
    [InlineData("APITimeoutError", ErrorCategory.Timeout)]
    [InlineData("APIConnectionTimeoutError", ErrorCategory.Timeout)]
    [InlineData("System.TimeoutException", ErrorCategory.Timeout)]
    [InlineData("DEADLINE_EXCEEDED", ErrorCategory.Timeout)]
    [InlineData("System.OperationCanceledException", ErrorCategory.Cancelled)]
    [InlineData("APIUserAbortError", ErrorCategory.Cancelled)]
    [InlineData("asyncio.CancelledError", ErrorCategory.Cancelled)]
    [InlineData("APIConnectionError", ErrorCategory.Network)]
    [InlineData("ECONNREFUSED", ErrorCategory.Network)]
    [InlineData("System.Net.Http.HttpRequestException", ErrorCategory.Network)]
    [InlineData("content_filter", ErrorCategory.Model)]
    [InlineData("InternalServerError", ErrorCategory.Server)]
    [InlineData("overloaded_error", ErrorCategory.Server)]
    [InlineData("unavailable", ErrorCategory.Server)]
    [InlineData("server_error", ErrorCategory.Server)]
    [InlineData("BadRequestError", ErrorCategory.Client)]
    [InlineData("authentication", ErrorCategory.Client)]
    [InlineData("permission", ErrorCategory.Client)]
    [InlineData("not_found", ErrorCategory.Client)]
    [InlineData("ResourceNotFoundException", ErrorCategory.Client)]
    public void The_type_of_an_error_tells_its_category(string type, ErrorCategory expected)
    {
        var call = Spans.CallOf(Chat(("error.type", type)));

        Assert.Equal((CallStatus.Error, expected), (call.Status, call.ErrorCategory));
    }

    [Fact]
    public void An_error_type_that_is_a_status_is_the_status_of_HTTP_too() => Assert.Equal(429, Spans.CallOf(Chat(("error.type", "429"))).HttpStatus);

    [Theory]
    [InlineData("429 no answer for you", 429, ErrorCategory.RateLimit)]
    [InlineData("Error code: 503 - {'error': {}}", 503, ErrorCategory.Server)]
    [InlineData("Request timed out.", null, ErrorCategory.Timeout)]
    [InlineData("Connection error.", null, ErrorCategory.Network)]
    [InlineData("something", null, null)]
    [InlineData("", null, null)]
    public void Without_a_type_the_message_may_tell(string message, int? status, ErrorCategory? expected)
    {
        var call = Spans.CallOf(Chat() with { StatusCode = 2, StatusMessage = message });

        Assert.Equal((CallStatus.Error, status, expected), (call.Status, call.HttpStatus, call.ErrorCategory));
    }

    [Fact]
    public void An_exception_of_a_failed_span_tells_its_category()
    {
        var raised = Spans.Event("exception", 1, ("exception.type", "httpx.ReadTimeout"), ("exception.message", "the server was invalid"));

        Assert.Equal(ErrorCategory.Timeout, Spans.CallOf(Chat() with { StatusCode = 2, Events = [raised] }).ErrorCategory);
        Assert.Equal(CallStatus.Ok, Spans.CallOf(Chat() with { Events = [raised] }).Status); // it was caught
    }

    [Theory]
    [InlineData("content_filter")]
    [InlineData("refusal")]
    [InlineData("SAFETY")]
    public void An_answer_that_the_model_refuses_is_a_failure_of_the_model(string reason)
    {
        var call = Spans.CallOf(Chat(("gen_ai.response.finish_reasons", new[] { reason })));

        Assert.Equal((CallStatus.Error, ErrorCategory.Model, reason), (call.Status, call.ErrorCategory, call.FinishReason));
    }

    [Fact]
    public void A_guard_that_refuses_with_a_client_error_is_a_failure_of_the_model_too() =>
        Assert.Equal(ErrorCategory.Model, Spans.CallOf(Chat(("error.type", "content_filter"), ("http.response.status_code", 400))).ErrorCategory);

    [Theory]
    [InlineData("http.response.status_code", 200)]
    [InlineData("http.status_code", 200)]
    public void A_status_of_success_is_kept(string name, int status)
    {
        var call = Spans.CallOf(Chat((name, status)));

        Assert.Equal((CallStatus.Ok, status, (ErrorCategory?)null), (call.Status, call.HttpStatus, call.ErrorCategory));
    }

    [Fact]
    public void A_failure_that_says_nothing_has_no_category() => Assert.Null(Spans.CallOf(Chat(("error.type", "_OTHER"))).ErrorCategory);

    [Fact]
    public void The_finish_reason_error_of_Vercel_is_a_failure() => Assert.Equal(CallStatus.Error, Spans.CallOf(Chat(("ai.response.finishReason", "error"))).Status);

    private static OtlpSpan Chat(params (string, object)[] more) => Spans.Of([("gen_ai.operation.name", "chat"), ("gen_ai.request.model", "m"), .. more]);
}

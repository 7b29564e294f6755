using LLMscope.Monitoring.Samples;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.GenAi;

/// <summary>How a call ended.</summary>
/// <param name="Category">Null where it did not fail, and where nothing tells of what.</param>
internal readonly record struct CallOutcome(CallStatus Status, ErrorCategory? Category, int? HttpStatus)
{
    private const int FailedSpan = 2;
    private const string Exception = "exception";

    // How much of a message is looked at.
    private const int LongestMessage = 300;

    private static readonly AcceptedNames ExceptionType = new("type of an exception", "exception.type");
    private static readonly AcceptedNames ExceptionMessage = new("message of an exception", "exception.message");

    public static CallOutcome Of(OtlpSpan span, AttributeReader read)
    {
        var types = read.Texts(SpanFields.ErrorType).Where(type => type != "_OTHER").ToArray();
        var reason = read.Text(SpanFields.FinishReason) ?? "";
        var status = read.Whole(SpanFields.HttpStatus) is >= 100 and <= 599 and var code ? code : (int?)null;
        var refused = CallErrors.Refuses(reason);
        if (span.StatusCode != FailedSpan && read.Text(SpanFields.ErrorType) is null && status is not >= 400 && !refused && reason != "error")
            return new CallOutcome(CallStatus.Ok, Category: null, status);

        var raised = span.Events.Where(one => one.Name == Exception).Select(one => new AttributeReader(one.Attributes)).ToArray();
        var named = types.Concat(raised.Select(one => one.Text(ExceptionType) ?? "")).ToArray();
        var messages = raised.Select(one => one.Text(ExceptionMessage) ?? "").Append(CleanText.Of(span.StatusMessage, LongestMessage)).ToArray();
        status ??= FirstOf(messages, CallErrors.StatusIn);

        var told = FirstOf(named, CallErrors.OfText);
        var category =
            refused || told is ErrorCategory.Model ? ErrorCategory.Model // also where a guard refuses with a status of 400
            : (status is { } answered ? CallErrors.OfStatus(answered) : null) ?? told ?? FirstOf(messages, CallErrors.OfText) ?? (reason == "error" ? ErrorCategory.Server : null);
        return new CallOutcome(CallStatus.Error, category, status);
    }

    private static T? FirstOf<T>(IEnumerable<string> texts, Func<string, T?> find)
        where T : struct => texts.Select(find).FirstOrDefault(found => found is not null);
}

using LLMscope.Monitoring.Alerts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMscope.Service.Alerts;

/// <summary>Receivers to set up and to test, and what became of their notifications.</summary>
internal static class AlertEndpoints
{
    private const int MostListed = 200;

    public static void MapAlerts(this IEndpointRouteBuilder routes)
    {
        var receivers = routes.MapGroup("/api/v1/receivers").WithTags("Alerts").DisableAntiforgery();
        receivers.MapGet("/", ListAsync).WithSummary("All receivers, by name.");
        receivers.MapPost("/", AddAsync).WithSummary("Adds a receiver. Every enabled one gets every violation.");
        receivers.MapGet("/{id:guid}", FindAsync).WithSummary("One receiver, without its secret.");
        receivers.MapPut("/{id:guid}", UpdateAsync).WithSummary("Changes everything but the kind.");
        receivers.MapDelete("/{id:guid}", RemoveAsync).WithSummary("Removes it with all its notifications.");
        receivers.MapPost("/{id:guid}/test", TestAsync).WithSummary("Sends a test message now and answers what the receiver answered.");

        var notifications = routes.MapGroup("/api/v1/notifications").WithTags("Alerts").DisableAntiforgery();
        notifications.MapGet("/", ListNotificationsAsync).WithSummary("The newest 200 notifications, newest first.");
        notifications.MapPost("/{id:guid}/resend", ResendAsync).WithSummary("Puts a dead notification back into the outbox.");
    }

    private static async Task<Ok<ReceiverList>> ListAsync(ReceiverBook book, CancellationToken cancellation) =>
        TypedResults.Ok(new ReceiverList([.. (await book.ListAsync(cancellation)).Select(ReceiverResponse.Of)]));

    private static async Task<Results<Created<ReceiverResponse>, ValidationProblem>> AddAsync(
        ReceiverRequest request, ReceiverBook book, CancellationToken cancellation)
    {
        var change = await book.AddAsync(request.ToDraft(), cancellation);
        return change.Receiver is { } receiver
            ? TypedResults.Created($"/api/v1/receivers/{receiver.Id}", ReceiverResponse.Of(receiver))
            : TypedResults.ValidationProblem(Faults(change));
    }

    private static async Task<Results<Ok<ReceiverResponse>, NotFound>> FindAsync(Guid id, ReceiverBook book, CancellationToken cancellation) =>
        await book.FindAsync(id, cancellation) is { } receiver ? TypedResults.Ok(ReceiverResponse.Of(receiver)) : TypedResults.NotFound();

    private static async Task<Results<Ok<ReceiverResponse>, NotFound, ValidationProblem>> UpdateAsync(
        Guid id, ReceiverRequest request, ReceiverBook book, CancellationToken cancellation)
    {
        if (await book.UpdateAsync(id, request.ToDraft(), cancellation) is not { } change)
            return TypedResults.NotFound();

        return change.Receiver is { } receiver ? TypedResults.Ok(ReceiverResponse.Of(receiver)) : TypedResults.ValidationProblem(Faults(change));
    }

    private static async Task<Results<NoContent, NotFound>> RemoveAsync(Guid id, ReceiverBook book, CancellationToken cancellation) =>
        await book.RemoveAsync(id, cancellation) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static async Task<Results<Ok<TestResponse>, NotFound>> TestAsync(Guid id, ReceiverBook book, CancellationToken cancellation) =>
        await book.TestAsync(id, cancellation) is { } answer
            ? TypedResults.Ok(new TestResponse(answer.Outcome, answer.Status, answer.Text))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<NotificationList>, ValidationProblem>> ListNotificationsAsync(
        string? state, Guid? violation, NotificationLog log, CancellationToken cancellation)
    {
        var wanted = string.IsNullOrEmpty(state) ? null : NotificationWords.FindState(state);
        if (wanted is null && !string.IsNullOrEmpty(state))
        {
            var states = string.Join(", ", Enum.GetValues<NotificationState>().Select(NotificationWords.Of));
            return FieldFaults.One("state", $"must be one of {states}");
        }

        var notifications = await log.ListAsync(wanted, violation, MostListed, cancellation);
        return TypedResults.Ok(new NotificationList([.. notifications.Select(NotificationResponse.Of)]));
    }

    private static async Task<Results<Accepted<NotificationResponse>, NotFound, ProblemHttpResult>> ResendAsync(
        Guid id, NotificationLog log, CancellationToken cancellation)
    {
        var queued = await log.TryResendAsync(id, cancellation);
        if (await log.FindAsync(id, cancellation) is not { } notification)
            return TypedResults.NotFound();

        return queued
            ? TypedResults.Accepted((string?)null, NotificationResponse.Of(notification))
            : TypedResults.Problem("Only a dead notification about a violation can be sent again.", statusCode: StatusCodes.Status409Conflict);
    }

    // Fields are named as in the request: those of the kind lie in its settings.
    private static Dictionary<string, string[]> Faults(ReceiverChange change) => FieldFaults.Of(change.Problems.Select(
        problem => problem.Field is "name" or "kind" or "secret" ? problem : problem with { Field = $"settings.{problem.Field}" }));
}

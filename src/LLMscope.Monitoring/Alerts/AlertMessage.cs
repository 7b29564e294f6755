using LLMscope.Monitoring.Violations;
using LLMscope.Spc;

namespace LLMscope.Monitoring.Alerts;

/// <summary>What a message says, before a receiver brings it into its own form: what happened, why, since when, and where to look.</summary>
/// <param name="Id">Of the notification: the same in every attempt.</param>
/// <param name="Title">One line that suffices where there is room for no more.</param>
/// <param name="Facts">Labelled, in the order in which they are read.</param>
/// <param name="Link">Where people see more.</param>
/// <param name="Notice">The facts as data; null for a test.</param>
/// <param name="TellsOpening">It tells of the end of a violation, and of its beginning too, which did not get out before.</param>
internal sealed record AlertMessage(
    Guid Id,
    NotificationKind Kind,
    string Title,
    IReadOnlyList<(string Label, string Text)> Facts,
    Uri Link,
    ViolationNotice? Notice,
    bool TellsOpening,
    DateTimeOffset CreatedAt)
{
    public static AlertMessage Of(ClaimedNotification claimed, Uri publicUrl)
    {
        if (claimed.Notice is not { } notice)
        {
            return new(claimed.Id, claimed.Kind, $"Test message to {claimed.ReceiverName}",
                [("What", "Someone pressed the test button in LLMscope. Violations will reach you the same way.")],
                new Uri(publicUrl, "alerts"), null, false, claimed.CreatedAt);
        }

        var demo = notice.Source.Demo ? "[DEMO] " : "";
        return new(claimed.Id, claimed.Kind, demo + Headline(notice, claimed.TellsOpening), Details(notice), new Uri(publicUrl, $"violations/{notice.ViolationId}"),
            notice, claimed.TellsOpening, claimed.CreatedAt);
    }

    private static string Headline(ViolationNotice notice, bool tellsOpening)
    {
        var subject = $"{notice.CharacteristicTitle} of {notice.SourceTitle}";
        if (notice.Resolved)
        {
            var end = notice.ResolvedBy == Violation.BackInControl ? "is back in control" : $"was resolved by {notice.ResolvedBy}";
            return tellsOpening ? $"{subject} {end}: opened {Clock(notice.OpenedAt)}, resolved {Clock(notice.ResolvedAt)}" : $"{subject} {end}";
        }

        var quantity = QuantityOf(notice);
        var state = notice.Direction switch
        {
            Direction.Up when notice.Unit == Samples.Unit.T2.Symbol => "is not as in its baseline",
            Direction.Up => "is high",
            Direction.Down => "is low",
            _ => "is out of control",
        };
        return $"{subject} {state}: {quantity.Text(notice.Value)}, centre {quantity.Text(notice.Centre)}";
    }

    private static List<(string, string)> Details(ViolationNotice notice)
    {
        var quantity = QuantityOf(notice);
        var facts = new List<(string, string)>
        {
            ("Why", string.Join("; ", notice.Rules.Select(rule => $"{rule.Name}: {rule.Title}"))),
            ("Severity", $"{notice.Severity}".ToLowerInvariant()),
            ("Value", quantity.Text(notice.Value)),
            ("Centre and limits", $"{quantity.Text(notice.Centre)} ({quantity.Text(notice.Lower)} to {quantity.Text(notice.Upper)})"),
        };
        if (notice.Parts is { } parts)
            facts.Add(("Characteristics", parts));
        if (notice.Resolved)
            facts.Add(("Farthest value", $"{quantity.Text(notice.Extreme)} over {notice.SignalPoints} {(notice.SignalPoints == 1 ? "signal" : "signals")}"));

        facts.Add(("Since", Moment(notice.OpenedAt)));
        if (notice.ResolvedAt is { } resolved)
            facts.Add(("Resolved", $"{Moment(resolved)}, {notice.ResolvedBy}"));

        facts.Add(("Baseline", $"version {notice.BaselineVersion}, {notice.BaselinePoints} points"));
        return facts;
    }

    private static Quantity QuantityOf(ViolationNotice notice) => new(notice.Unit, Math.Max(Math.Abs(notice.Value), Math.Abs(notice.Centre)));

    private static string Clock(DateTime? time) => $"{time:HH:mm}";

    private static string Moment(DateTime time) => $"{time:yyyy-MM-dd HH:mm:ss} UTC";
}

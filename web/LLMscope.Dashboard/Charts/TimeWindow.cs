using System.Globalization;
using LLMscope.Dashboard.Layout;

namespace LLMscope.Dashboard.Charts;

/// <summary>The stretch of time that a page shows: the last hours up to now, or between two times.</summary>
/// <param name="Name">For example <c>1h</c>; null between two times, which does not follow the present.</param>
public sealed record TimeWindow(DateTime From, DateTime To, string? Name)
{
    public static readonly IReadOnlyList<(string Name, TimeSpan Length)> Named =
    [
        ("15m", TimeSpan.FromMinutes(15)), ("1h", TimeSpan.FromHours(1)), ("6h", TimeSpan.FromHours(6)),
        ("24h", TimeSpan.FromDays(1)), ("7d", TimeSpan.FromDays(7)), ("30d", TimeSpan.FromDays(30)),
    ];

    private const string Usual = "1h";

    public bool FollowsNow => Name is not null;

    public string Address => Name is not null ? $"window={Name}" : $"from={TimeText.Address(From)}&to={TimeText.Address(To)}";

    /// <summary>What an address asks for; the last hour where it asks for nothing that makes sense.</summary>
    public static TimeWindow Of(string? name, string? from, string? to, DateTimeOffset now)
    {
        if (Time(from) is { } start && (Time(to) ?? now.UtcDateTime) is var end && start < end)
            return new TimeWindow(start, end, null);

        var asked = Named.FirstOrDefault(window => window.Name == name, Named.First(window => window.Name == Usual));
        return new TimeWindow(now.UtcDateTime - asked.Length, now.UtcDateTime, asked.Name);
    }

    /// <summary>A time as an address or a form carries it, taken as UTC where it says nothing else.</summary>
    public static DateTime? Time(string? text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}

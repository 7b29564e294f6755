using System.Globalization;

namespace LLMscope.Spc.Judging;

/// <summary>Budgets by name, and as a number of false alarms in a time: <c>normal</c>, <c>2/day</c>.</summary>
public static class AlarmBudgetText
{
    /// <summary>What a budget may be, for people who gave another one.</summary>
    public const string Allowed = "quiet, normal, sensitive, classic or a number per hour, day, week or month such as 2/day";

    private const double Fewest = 0.01;
    private const double Most = 1_000;

    private static readonly (string Name, AlarmBudget Budget)[] Named =
        [("quiet", AlarmBudget.Quiet), ("normal", AlarmBudget.Normal), ("sensitive", AlarmBudget.Sensitive), ("classic", AlarmBudget.Classic)];

    private static readonly (string Name, TimeSpan Length)[] Times =
        [("hour", TimeSpan.FromHours(1)), ("day", TimeSpan.FromDays(1)), ("week", TimeSpan.FromDays(7)), ("month", TimeSpan.FromDays(30))];

    public static IReadOnlyList<string> Names { get; } = [.. Named.Select(named => named.Name)];

    /// <summary>The times that false alarms are counted in; a month has thirty days.</summary>
    public static IReadOnlyList<string> TimeNames { get; } = [.. Times.Select(time => time.Name)];

    public static TimeSpan? FindTime(string? name) => Array.Find(Times, time => time.Name == name) is { Name: not null } found ? found.Length : null;

    /// <summary>The name of a budget; null where it has none.</summary>
    public static string? NameOf(AlarmBudget budget) => Array.Find(Named, named => named.Budget == budget).Name;

    /// <summary>The budget as <see cref="Find"/> reads it.</summary>
    public static string Of(AlarmBudget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        return NameOf(budget) ?? Ratio(budget);
    }

    /// <summary>A positive number of false alarms in a time.</summary>
    /// <returns>Null where the number or the time is none.</returns>
    public static AlarmBudget? Of(double falseAlarms, string? time) =>
        falseAlarms is >= Fewest and <= Most && FindTime(time) is { } per ? new AlarmBudget(falseAlarms, per) : null;

    /// <returns>Null where the text is no budget.</returns>
    public static AlarmBudget? Find(string? text)
    {
        if (Array.Find(Named, named => named.Name == text).Budget is { } named)
            return named;

        return text?.Split('/') is [var number, var time] && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var alarms) ? Of(alarms, time) : null;
    }

    private static string Ratio(AlarmBudget budget)
    {
        var known = Array.Find(Times, time => time.Length == budget.Per);
        var (name, length) = known.Name is null ? ("day", TimeSpan.FromDays(1)) : known;
        return string.Create(CultureInfo.InvariantCulture, $"{(budget.FalseAlarms ?? 0) * (length / budget.Per):R}/{name}");
    }
}

using System.Globalization;

namespace LLMscope.Spc.RunLengths;

/// <summary>Budgets by name, and as a number of false alarms in a time: <c>normal</c>, <c>2/day</c>.</summary>
public static class FalseAlarmBudgetText
{
    /// <summary>What a budget may be, for people who gave another one.</summary>
    public const string Allowed = "quiet, normal, sensitive, classic, or 0.1 to 1,000 false alarms per hour, day, week or month such as 2/day";

    private const double Fewest = 0.1;
    private const double Most = 1_000;

    private static readonly (string Name, FalseAlarmBudget Budget)[] Named =
        [("quiet", FalseAlarmBudget.Quiet), ("normal", FalseAlarmBudget.Normal), ("sensitive", FalseAlarmBudget.Sensitive), ("classic", FalseAlarmBudget.Classic)];

    public static IReadOnlyList<string> Names { get; } = [.. Named.Select(named => named.Name)];

    /// <summary>The times that false alarms are counted in; a month has thirty days.</summary>
    public static IReadOnlyList<string> Periods { get; } = [.. Enum.GetValues<BudgetPeriod>().Select(Word)];

    /// <summary>The length of a time; null where there is none of this name.</summary>
    public static TimeSpan? LengthOf(string? period) => FindPeriod(period) switch
    {
        BudgetPeriod.Hour => TimeSpan.FromHours(1),
        BudgetPeriod.Day => TimeSpan.FromDays(1),
        BudgetPeriod.Week => TimeSpan.FromDays(7),
        BudgetPeriod.Month => TimeSpan.FromDays(30),
        _ => null,
    };

    /// <summary>The name of a budget; null where it has none.</summary>
    public static string? NameOf(FalseAlarmBudget budget) => Array.Find(Named, named => named.Budget == budget).Name;

    /// <summary>The budget as <see cref="Find"/> reads it.</summary>
    public static string Of(FalseAlarmBudget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        return NameOf(budget) ?? string.Create(CultureInfo.InvariantCulture, $"{budget.Alarms:R}/{Word(budget.Period)}");
    }

    /// <returns>Null where the text is no budget.</returns>
    public static FalseAlarmBudget? Find(string? text)
    {
        if (Array.Find(Named, named => named.Name == text).Budget is { } named)
            return named;

        return text?.Split('/') is [var number, var period] && FindPeriod(period) is { } known
            && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var alarms) && alarms is >= Fewest and <= Most
                ? FalseAlarmBudget.Of(alarms, known)
                : null;
    }

    public static string Word(BudgetPeriod period) => period.ToString().ToLowerInvariant();

    private static BudgetPeriod? FindPeriod(string? word) => Enum.GetValues<BudgetPeriod>().Cast<BudgetPeriod?>().FirstOrDefault(period => Word(period!.Value) == word);
}

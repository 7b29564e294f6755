using System.Text.Json;
using LLMscope.Spc.RunLengths;

namespace LLMscope.Service.Judging;

/// <summary>How many false alarms a request allows, at which pace of points.</summary>
internal sealed record BudgetChoice(JsonPlace Place, FalseAlarmBudget Budget, double IntervalSeconds)
{
    public const double UsualInterval = 60;

    private const double MostPoints = 1e10;

    private static readonly string[] Unnamed = ["falseAlarms", "per"];

    public bool IsClassic => Budget == FalseAlarmBudget.Classic;

    /// <summary>The points of the budget's period; a week for the classic numbers, which have none.</summary>
    public double Points => (Budget.PointsBetweenAlarms(IntervalSeconds) * Budget.Alarms)
        ?? FalseAlarmBudget.Normal.PointsBetweenAlarms(IntervalSeconds)!.Value;

    public BudgetPeriod Period => IsClassic ? BudgetPeriod.Week : Budget.Period;

    /// <summary>A name, or an object with a name or with alarms and a period, and the interval of the points.</summary>
    public static BudgetChoice? Read(JsonPlace place)
    {
        if (place.Element.ValueKind == JsonValueKind.String)
            return place.Choice(JudgeWords.Budgets) is { } known ? Of(place, known, UsualInterval) : null;
        if (place.Members("name", "falseAlarms", "per", "intervalSeconds") is not { } members)
            return null;

        var interval = members.GetValueOrDefault("intervalSeconds")?.Number(seconds => seconds is >= 1e-3 and <= 1e7, "the seconds from one point to the next, from 0.001 to 1e7")
            ?? UsualInterval;
        if (members.TryGetValue("name", out var name))
        {
            foreach (var other in Unnamed.Where(members.ContainsKey))
                members[other].Fault("is what the name of the budget says; leave one of them out");
            return name.Choice(JudgeWords.Budgets) is { } named ? Of(place, named, interval) : null;
        }

        if (!members.TryGetValue("falseAlarms", out var number))
        {
            place.Fault("must have a name (quiet, normal, sensitive or classic), or falseAlarms and per");
            return null;
        }

        if (number.Number(alarms => alarms is > 0 and <= 1e6, "a number above 0, at most 1e6") is not { } falseAlarms)
            return null;
        var period = members.TryGetValue("per", out var per) ? per.Choice(JudgeWords.Periods) : BudgetPeriod.Week;
        return Of(place, FalseAlarmBudget.Of(falseAlarms, period), interval);
    }

    private static BudgetChoice? Of(JsonPlace place, FalseAlarmBudget budget, double interval)
    {
        if (budget.PointsBetweenAlarms(interval) is < Calibration.FewestPoints or > MostPoints)
        {
            place.Fault($"asks for a false alarm every {budget.PointsBetweenAlarms(interval):G4} points; it must be every {Calibration.FewestPoints} to {MostPoints:G2}");
            return null;
        }

        return new BudgetChoice(place, budget, interval);
    }
}

namespace LLMscope.Spc.Judging;

/// <summary>How many false alarms of one chart are welcome, while nothing is wrong.</summary>
/// <param name="FalseAlarms">Their number in <paramref name="Per"/>; null for Nelson's rules as he printed them, whatever that costs.</param>
public sealed record AlarmBudget(double? FalseAlarms, TimeSpan Per)
{
    /// <summary>One a month of thirty days.</summary>
    public static AlarmBudget Quiet { get; } = new(1, TimeSpan.FromDays(30));

    /// <summary>One a week.</summary>
    public static AlarmBudget Normal { get; } = new(1, TimeSpan.FromDays(7));

    /// <summary>One a day.</summary>
    public static AlarmBudget Sensitive { get; } = new(1, TimeSpan.FromDays(1));

    /// <summary>Nelson's rules as printed: 148 a week at a point a minute. For diagnosis, not for paging.</summary>
    public static AlarmBudget Classic { get; } = new(null, TimeSpan.FromDays(7));

    public bool IsClassic => FalseAlarms is null;

    /// <summary>The points from one false alarm to the next; infinite for the classic rules, which have their own.</summary>
    /// <param name="interval">The time between two points.</param>
    public double PointsPerAlarm(TimeSpan interval) => FalseAlarms is { } alarms ? Per / interval / alarms : double.PositiveInfinity;
}

namespace LLMscope.Dashboard.Charts;

/// <summary>What the form of a new baseline asks for, as it was typed.</summary>
public sealed record BaselineWish(string Reason, string FromText, string ToText)
{
    public DateTime? From => TimeWindow.Time(FromText);

    public DateTime? To => TimeWindow.Time(ToText);

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public string? Problem =>
        Reason.Length is 0 or > 500 || Reason.Any(char.IsControl) ? "A reason has 1 to 500 characters, for those who read it later."
        : (FromText.Length > 0 && From is null) || (ToText.Length > 0 && To is null) ? "A time is a date and a time of day, in UTC."
        : From >= To ? "The first point must be before the last."
        : null;
}

namespace LLMscope.Dashboard.Layout;

/// <summary>Times and durations in words.</summary>
internal static class TimeText
{
    public static string Utc(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss 'UTC'");

    /// <summary>What an address carries: to the millisecond, UTC.</summary>
    public static string Address(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ");

    /// <summary>The two largest parts, for example <c>4 min 10 s</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => $"{Math.Max(0, time.TotalMilliseconds):0} ms",
        { TotalMinutes: < 1 } => $"{time.TotalSeconds:0.#} s",
        { TotalHours: < 1 } => Parts(time.Minutes, "min", time.Seconds, "s"),
        { TotalDays: < 1 } => Parts(time.Hours, "h", time.Minutes, "min"),
        _ => Parts(time.Days, "d", time.Hours, "h"),
    };

    private static string Parts(int large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? $"{large} {largeUnit}" : $"{large} {largeUnit} {small} {smallUnit}";
}

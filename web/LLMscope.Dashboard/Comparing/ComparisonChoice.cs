using LLMscope.Dashboard.Charts;
using LLMscope.Monitoring.Charts;

namespace LLMscope.Dashboard.Comparing;

/// <summary>The two periods that an address asks for, or what is wrong with it in words.</summary>
public sealed class ComparisonChoice
{
    private static readonly DateTime Earliest = DateTime.UnixEpoch.AddYears(1);
    private static readonly DateTime Latest = new(2200, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly List<string> _problems = [];

    private ComparisonChoice(ChartSummary chart, ChartBoard board, ComparisonAddress asked, DateTimeOffset now)
    {
        var other = Other(chart, board, asked.With);
        (Before, After) = asked.NamesPeriods ? Named(chart, other, asked, now)
            : !string.IsNullOrEmpty(asked.At) && Read(asked.At) is { } at ? Around(chart, other, at, now)
            : Following(chart, other, asked, now);
        if (Before.From >= Before.To)
            _problems.Add("The time before must begin before it ends.");
        if (After.From >= After.To)
            _problems.Add("The time after must begin before it ends.");
    }

    public ComparedPeriod Before { get; }

    public ComparedPeriod After { get; }

    /// <summary>Nothing where the two can be compared.</summary>
    public IReadOnlyList<string> Problems => _problems;

    public static ComparisonChoice Of(ChartSummary chart, ChartBoard board, ComparisonAddress asked, DateTimeOffset now) => new(chart, board, asked, now);

    private ChartSummary Other(ChartSummary chart, ChartBoard board, string? with)
    {
        if (string.IsNullOrEmpty(with))
            return chart;

        var other = AddressNumber.Of(with) is { } id ? board.Find(id) : null;
        if (other is null)
            _problems.Add($"There is no chart {with}.");
        else if (!ChartComparison.AreComparable(chart, other))
            _problems.Add("The two charts must be of the same kind and unit.");
        return other ?? chart;
    }

    // What is missing of the periods lies next to what is there; two charts are compared at the same time.
    private (ComparedPeriod Before, ComparedPeriod After) Named(ChartSummary chart, ChartSummary other, ComparisonAddress asked, DateTimeOffset now)
    {
        var afterTo = Read(asked.AfterTo) ?? now.UtcDateTime;
        var afterFrom = Read(asked.AfterFrom) ?? afterTo.AddHours(-1);
        var isSide = other.Id != chart.Id;
        var beforeTo = Read(asked.BeforeTo) ?? (isSide ? afterTo : afterFrom);
        var beforeFrom = Read(asked.BeforeFrom) ?? (isSide ? afterFrom : beforeTo - (afterTo > afterFrom ? afterTo - afterFrom : TimeSpan.FromHours(1)));
        return (new ComparedPeriod(chart, beforeFrom, beforeTo), new ComparedPeriod(other, afterFrom, afterTo));
    }

    private (ComparedPeriod Before, ComparedPeriod After) Around(ChartSummary chart, ChartSummary other, DateTime at, DateTimeOffset now)
    {
        if (at >= now.UtcDateTime)
            _problems.Add("The moment between before and after must lie in the past.");
        var (before, after) = ChartComparison.Around(chart, at < now.UtcDateTime ? at : now.UtcDateTime.AddHours(-1), now.UtcDateTime);
        return (before, after with { Chart = other });
    }

    private static (ComparedPeriod Before, ComparedPeriod After) Following(ChartSummary chart, ChartSummary other, ComparisonAddress asked, DateTimeOffset now)
    {
        var window = TimeWindow.Of(asked.Window, asked.From, asked.To, now);
        var after = new ComparedPeriod(other, window.From, window.To);
        return other.Id != chart.Id ? (after with { Chart = chart }, after)
            : (new ComparedPeriod(chart, window.From > Earliest ? window.From - (window.To - window.From) : window.From, window.From), after);
    }

    private DateTime? Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (TimeWindow.Time(text) is { } time && time >= Earliest && time < Latest)
            return time;

        _problems.Add($"“{text}” is not a time of this century.");
        return null;
    }
}

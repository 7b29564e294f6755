using LLMscope.Monitoring.Alerts;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Violations;
using Microsoft.Extensions.Logging;

namespace LLMscope.Monitoring;

/// <summary>Shows what a saved turn made: to screens that follow, to the log, and to whoever sends notifications.</summary>
internal sealed partial class TurnPublisher(ChartBoard board, ViolationFeed feed, OutboxBell bell, ILogger<TurnPublisher> logger)
{
    public void Publish(MonitorTurn turn)
    {
        board.Show(turn);
        foreach (var (chart, change) in turn.Violations)
        {
            feed.Show(change.Violation, change.Kind);
            if (change.Kind == ChangeKind.Opened)
                LogOpened(chart.Series, change.Violation.Value, change.Violation.FirstRules);
            else if (change.Kind == ChangeKind.Resolved)
                LogResolved(chart.Series, change.Violation.ResolvedBy);
        }

        foreach (var baseline in turn.NewBaselines)
            LogFrozen(baseline.Version, baseline.ChartId, baseline.Reason);
        if (turn.Violations.Count > 0)
            bell.Ring();
    }

    [LoggerMessage(LogLevel.Information, "Violation opened: {Series} at {Value} by {Rules}.")]
    private partial void LogOpened(Series series, double value, Spc.Rules.RuleSet rules);

    [LoggerMessage(LogLevel.Information, "Violation resolved: {Series}, {Reason}.")]
    private partial void LogResolved(Series series, string? reason);

    [LoggerMessage(LogLevel.Debug, "Baseline {Version} of chart {Chart} frozen: {Reason}.")]
    private partial void LogFrozen(int version, int chart, string reason);
}

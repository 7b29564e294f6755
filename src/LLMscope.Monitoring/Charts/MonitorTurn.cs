using LLMscope.Monitoring.Violations;

namespace LLMscope.Monitoring.Charts;

/// <summary>
/// What one turn of the monitor makes: it becomes durable in one transaction, and only then does anyone see it.
/// Filled by charts, written by the turn writer, then shown.
/// </summary>
internal sealed class MonitorTurn
{
    private readonly HashSet<Guid> _changed = [];

    public List<LiveChart> NewCharts { get; } = [];

    /// <summary>Charts whose plan, problem or collecting start changed.</summary>
    public HashSet<LiveChart> ChangedCharts { get; } = [];

    public List<Baseline> NewBaselines { get; } = [];

    public List<(LiveChart Chart, ChartPoint Point)> Points { get; } = [];

    public List<(LiveChart Chart, ViolationChange Change)> Violations { get; } = [];

    public List<Annotation> Annotations { get; } = [];

    /// <summary>Charts that took a sample, with or without a new point.</summary>
    public HashSet<LiveChart> Touched { get; } = [];

    public bool IsEmpty => NewCharts.Count + ChangedCharts.Count + NewBaselines.Count + Points.Count + Violations.Count + Annotations.Count == 0;

    /// <summary>Takes a change of a violation. It is written as it is at the end of the turn, so that it went on need not be said after another change.</summary>
    public void Add(LiveChart chart, ViolationChange change)
    {
        if (_changed.Add(change.Violation.Id) || change.Kind != ChangeKind.Extended)
            Violations.Add((chart, change));
    }

    public void Clear()
    {
        _changed.Clear();
        NewCharts.Clear();
        ChangedCharts.Clear();
        NewBaselines.Clear();
        Points.Clear();
        Violations.Clear();
        Annotations.Clear();
        Touched.Clear();
    }
}

using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Violations;

namespace LLMscope.Monitoring.Charts;

/// <summary>
/// What one turn of the monitor makes: it becomes durable in one transaction, and only then does anyone see it.
/// Filled by charts, written by the turn writer, then shown.
/// </summary>
internal sealed class MonitorTurn
{
    /// <summary>Series that have no sample of their own, those of joint charts.</summary>
    public List<Series> NewSeries { get; } = [];

    public List<LiveChart> NewCharts { get; } = [];

    /// <summary>Charts whose plan, problem or collecting start changed.</summary>
    public HashSet<LiveChart> ChangedCharts { get; } = [];

    public List<Baseline> NewBaselines { get; } = [];

    public List<(LiveChart Chart, ChartPoint Point)> Points { get; } = [];

    public List<(LiveChart Chart, ViolationChange Change)> Violations { get; } = [];

    public List<Annotation> Annotations { get; } = [];

    /// <summary>Charts whose limits are due to be estimated again from stored points, once those of this turn are.</summary>
    public HashSet<LiveChart> Rebaselinings { get; } = [];

    /// <summary>Charts that took a sample, with or without a new point.</summary>
    public HashSet<LiveChart> Touched { get; } = [];

    public bool IsEmpty => NewCharts.Count + ChangedCharts.Count + NewBaselines.Count + Points.Count + Violations.Count + Annotations.Count == 0;

    public void Clear()
    {
        NewSeries.Clear();
        NewCharts.Clear();
        ChangedCharts.Clear();
        NewBaselines.Clear();
        Points.Clear();
        Violations.Clear();
        Annotations.Clear();
        Rebaselinings.Clear();
        Touched.Clear();
    }
}

namespace LLMscope.Service.Otlp;

/// <summary>The metrics of one request while it is read. They are mapped once the whole request turned out right, since mapping them remembers them.</summary>
internal sealed class MetricReading
{
    // Bounded by OtlpBounds.Points: a metric without points is not kept.
    private readonly List<(OtlpMetric Metric, OtlpOrigin Origin)> _metrics = [];
    private int _points;

    public IReadOnlyList<(OtlpMetric Metric, OtlpOrigin Origin)> Metrics => _metrics;

    /// <summary>Data points of the request, those without room included.</summary>
    public int Points => _points + LeftOut;

    /// <summary>Data points that were too many.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Takes the place of one more data point, if there is one.</summary>
    public bool TryTake()
    {
        if (_points == OtlpBounds.Points)
        {
            LeftOut++;
            return false;
        }

        _points++;
        return true;
    }

    public void Add(OtlpMetric metric, OtlpOrigin origin)
    {
        if (metric.Points.Count > 0)
            _metrics.Add((metric, origin));
    }
}

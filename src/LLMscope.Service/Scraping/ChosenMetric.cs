using LLMscope.Monitoring.Samples;
using LLMscope.Service.Samples;
using LLMscope.Service.Scraping.Deriving;

namespace LLMscope.Service.Scraping;

/// <summary>The rule of a metric that the user named.</summary>
internal static class ChosenMetric
{
    /// <summary>Says what is wrong with it, by field; nothing where it is right.</summary>
    public static IEnumerable<(string Field, string Problem)> Check(MetricOptions options)
    {
        if (options.Metric.Length == 0)
            yield return ("Metric", "must name a metric of the page");
        if (options.Kind is not { } kind || !Enum.IsDefined(kind))
            yield return ("Kind", $"must be one of {string.Join(", ", Enum.GetNames<MetricKind>())}");
        if (SampleRules.FindCharacteristic(options.Characteristic, options.Unit ?? "", null, out var characteristic, out _) is { } fault)
            yield return (fault.Field == "unit" ? "Unit" : "Characteristic", fault.Message);
        else if (characteristic!.Nature == CharacteristicNature.Event && options.Kind is not (null or MetricKind.EventShare))
            yield return ("Characteristic", $"'{options.Characteristic}' is a share of events, which only the kind {MetricKind.EventShare} yields");
        else if (characteristic.Nature != CharacteristicNature.Event && options.Kind == MetricKind.EventShare)
            yield return ("Characteristic", $"must be '{Characteristic.ErrorShare}' for a share of events; other shares are of the kind {MetricKind.Quotient}");
        if (options.Kind is MetricKind.Quotient or MetricKind.EventShare != !string.IsNullOrEmpty(options.Per))
            yield return ("Per", $"must name another counter for {MetricKind.Quotient} and {MetricKind.EventShare}, and is for nothing else");
        if (options.Kind == MetricKind.Quantile && options.Quantile is not (> 0 and < 1))
            yield return ("Quantile", "must lie between 0 and 1");
    }

    public static Rule RuleOf(MetricOptions options)
    {
        SampleRules.FindCharacteristic(options.Characteristic, options.Unit ?? "", null, out var found, out var factor);
        var characteristic = found!;
        var isCounter = options.Kind is MetricKind.Rate or MetricKind.Quotient or MetricKind.EventShare;
        var metric = Narrowed(isCounter ? Metric.Counter(options.Metric) : new Metric(options.Metric), options);
        Rule rule = options.Kind switch
        {
            MetricKind.Gauge => new GaugeRule(metric, characteristic, factor),
            MetricKind.GaugeMean => new GaugeRule(metric, characteristic, factor, Together.Mean),
            MetricKind.Rate => new RateRule(metric, characteristic, factor),
            MetricKind.Mean => new MeanRule(metric, characteristic, factor),
            MetricKind.Quantile => new QuantileRule(metric, options.Quantile, characteristic, factor),
            MetricKind.Quotient => new QuotientRule(metric, Metric.Counter(options.Per!), characteristic, factor),
            MetricKind.EventShare => new EventShareRule(metric, Metric.Counter(options.Per!), characteristic),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Kind, "An unknown kind of metric."),
        };
        return rule with { IsOptional = options.Optional };
    }

    private static Metric Narrowed(Metric metric, MetricOptions options) =>
        options.Where.Aggregate(metric, (narrowed, condition) => narrowed.Where(condition.Key, condition.Value));
}

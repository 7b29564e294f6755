namespace LLMscope.Service.Scraping;

/// <summary>One page of metrics. Its address and its preset suffice.</summary>
internal sealed class TargetOptions
{
    /// <summary>What logs, metrics and the status call it; host and port of the address where it is left out.</summary>
    public string? Name { get; init; }

    /// <summary>Where the page is. An address without a path gets <c>/metrics</c>.</summary>
    public string Address { get; init; } = "";

    /// <summary>What kind of server it is, which decides what is charted.</summary>
    public string Preset { get; init; } = "";

    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a scrape may take; ten seconds, or the interval where that is shorter.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>For basic authentication, with a password or a file that holds it.</summary>
    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? PasswordFile { get; init; }

    public string? BearerToken { get; init; }

    /// <summary>A file that holds the token. It is read at each scrape, so that a new token is taken without a restart.</summary>
    public string? BearerTokenFile { get; init; }

    /// <summary>Root certificates in PEM, one of which vouches for an https server, in the place of those that the machine trusts. Read at the start.</summary>
    public string? CaFile { get; init; }

    /// <summary>The labels that may tell sources apart; all that the preset knows where it is left out.</summary>
    public List<string>? Labels { get; init; }

    /// <summary>Labels that never tell sources apart, though the preset or <see cref="Labels"/> has them.</summary>
    public List<string> IgnoredLabels { get; init; } = [];

    /// <summary>Parts of the source that are the same for the whole target, by their names: Model, Host, Site, Provider, Application, …</summary>
    public Dictionary<string, string> Source { get; init; } = [];

    /// <summary>Parts of the source that a label tells, by their names, beside those of the preset.</summary>
    public Dictionary<string, string> SourceFrom { get; init; } = [];

    /// <summary>What is charted beside what the preset charts.</summary>
    public List<MetricOptions> Metrics { get; init; } = [];
}

/// <summary>A metric that the user names, and what it becomes.</summary>
internal sealed class MetricOptions
{
    /// <summary>Its name on the page; of a histogram or a summary without <c>_bucket</c>, <c>_sum</c> and <c>_count</c>.</summary>
    public string Metric { get; init; } = "";

    public MetricKind? Kind { get; init; }

    /// <summary>The counter that a quotient or a share is of.</summary>
    public string? Per { get; init; }

    /// <summary>The name of the chart's quantity.</summary>
    public string Characteristic { get; init; } = "";

    /// <summary>The unit of the result, by its UCUM symbol. Left out: that of a known characteristic, else a ratio.</summary>
    public string? Unit { get; init; }

    /// <summary>Between 0 and 1, for a quantile.</summary>
    public double Quantile { get; init; } = 0.95;

    /// <summary>Labels and the value that they must have.</summary>
    public Dictionary<string, string> Where { get; init; } = [];

    public bool Optional { get; init; }
}

internal enum MetricKind
{
    /// <summary>The value as it stands; of several time series their sum.</summary>
    Gauge,

    /// <summary>Like a gauge; of several time series their mean.</summary>
    GaugeMean,

    /// <summary>What a counter gains per second.</summary>
    Rate,

    /// <summary>The mean of a histogram or a summary per interval.</summary>
    Mean,

    /// <summary>A quantile of a histogram per interval, estimated from its buckets.</summary>
    Quantile,

    /// <summary>What a counter gains for each that another gains.</summary>
    Quotient,

    /// <summary>The share of events among the calls that another counter counts.</summary>
    EventShare,
}

using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace LLMscope.Benchmarks.Load;

/// <summary>
/// A body of samples, in the words of whoever takes it, whose times and values can be set without writing it anew, so that making load costs little
/// and costs the same for all.
/// </summary>
internal sealed class LoadBody : ILoadBody
{
    private const int ValueWidth = 8;

    // Written once and drawn from: to write a number takes longer than to receive one.
    private const int ValueCount = 16_384;
    private static readonly byte[] Values = WriteValues();

    // The finest that all who take part can tell apart, except with few series, whose times would run ahead of the clock.
    private TimeSpan TimeStep => _seriesCount >= 100 ? TimeSpan.FromMilliseconds(1) : TimeSpan.FromMicroseconds(5);

    private readonly List<int> _times = [];
    private readonly List<int> _values = [];
    private readonly LoadFormat _format;
    private readonly int _seriesCount;
    private readonly Random _random;

    /// <param name="series">The numbers of the series; a body of more samples than series goes through them again, a moment later.</param>
    public LoadBody(LoadFormat format, IReadOnlyList<int> series, int samples, Random random)
    {
        (_format, _seriesCount, _random) = (format, series.Count, random);
        var text = new StringBuilder();
        for (var i = 0; i < samples; i++)
        {
            foreach (var part in format.Line(series[i % series.Count]).Split('|'))
            {
                if (part == "T")
                    _times.Add(text.Length);
                else if (part == "V")
                    _values.Add(text.Length);
                text.Append(part == "T" ? new string('0', format.TimeWidth) : part == "V" ? new string('0', ValueWidth) : part);
            }
        }

        Bytes = Encoding.ASCII.GetBytes(text.ToString());
    }

    public byte[] Bytes { get; }

    public int Samples => _times.Count;

    /// <summary>How much later the last samples are than the first.</summary>
    public TimeSpan Span => TimeStep * ((Samples + _seriesCount - 1) / _seriesCount);

    /// <summary>Gives the samples of each round through the series one time, and each a value of a log-normal distribution, as latencies have.</summary>
    public void Renew(DateTimeOffset time)
    {
        Span<byte> stamp = stackalloc byte[_format.TimeWidth];
        for (var i = 0; i < _times.Count; i++)
        {
            if (i % _seriesCount == 0)
                _format.WriteTime((time + (TimeStep * (i / _seriesCount))).UtcDateTime, stamp);
            stamp.CopyTo(Bytes.AsSpan(_times[i]));
        }

        foreach (var at in _values)
            Values.AsSpan(_random.Next(ValueCount) * ValueWidth, ValueWidth).CopyTo(Bytes.AsSpan(at));
    }

    private static byte[] WriteValues()
    {
        var random = new Random(1);
        var values = new byte[ValueCount * ValueWidth];
        for (var at = 0; at < values.Length; at += ValueWidth)
        {
            // Box and Muller, Annals of Mathematical Statistics 29(2), 1958; kept below 10 so that the width stays.
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            Utf8Formatter.TryFormat(Math.Min(9.999999, Math.Exp(0.25 * normal)), values.AsSpan(at), out _, new('F', 6));
        }

        return values;
    }
}

/// <summary>How one sample is written.</summary>
/// <param name="Line">Of a number of a series; |T| is where the time goes, |V| where the value goes.</param>
internal sealed record LoadFormat(string Path, string MediaType, int TimeWidth, Func<int, string> Line, LoadFormat.TimeWriter WriteTime)
{
    public delegate void TimeWriter(DateTime time, Span<byte> stamp);

    private const string Rfc3339 = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static LoadFormat Ndjson { get; } = new(
        "/api/v1/samples", "application/x-ndjson", 27,
        number => $"{{\"time\":\"|T|\",\"provider\":\"load\",\"model\":\"model-{number}\",\"characteristic\":\"duration\",\"value\":|V|}}\n",
        (time, stamp) => time.TryFormat(stamp, out _, Rfc3339, CultureInfo.InvariantCulture));

    public static LoadFormat Csv { get; } = new(
        "/api/v1/samples", "text/csv", 27, number => $"|T|,load,model-{number},duration,|V|\n",
        (time, stamp) => time.TryFormat(stamp, out _, Rfc3339, CultureInfo.InvariantCulture));

    /// <summary>The line protocol of InfluxDB, times in microseconds.</summary>
    public static LoadFormat Influx { get; } = new(
        "/write?db=load&precision=u", "text/plain", 16, number => $"duration,provider=load,model=model-{number} value=|V| |T|\n",
        (time, stamp) => Utf8Formatter.TryFormat((time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, stamp, out _));

    /// <summary>The text format of Prometheus with times in milliseconds.</summary>
    public static LoadFormat Prometheus { get; } = new(
        "/api/v1/import/prometheus", "text/plain", 13, number => $"duration{{provider=\"load\",model=\"model-{number}\"}} |V| |T|\n",
        (time, stamp) => Utf8Formatter.TryFormat((time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond, stamp, out _));
}

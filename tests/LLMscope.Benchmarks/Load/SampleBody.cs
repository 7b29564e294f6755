using System.Globalization;
using System.Text;

namespace LLMscope.Benchmarks.Load;

/// <summary>An NDJSON body of samples whose times and values can be set without writing it anew, so that making load costs little.</summary>
internal sealed class SampleBody
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private const string ValueFormat = "0.000000";

    private readonly List<int> _times = [];
    private readonly List<int> _values = [];
    private readonly Random _random;

    public SampleBody(IEnumerable<int> series, Random random)
    {
        _random = random;
        var text = new StringBuilder();
        foreach (var number in series)
        {
            text.Append("{\"time\":\"");
            _times.Add(text.Length);
            text.Append(DateTime.UnixEpoch.ToString(TimeFormat, CultureInfo.InvariantCulture));
            text.Append(CultureInfo.InvariantCulture, $"\",\"provider\":\"load\",\"model\":\"model-{number}\",\"characteristic\":\"duration\",\"value\":");
            _values.Add(text.Length);
            text.Append(ValueFormat).Append("}\n");
        }

        Bytes = Encoding.ASCII.GetBytes(text.ToString());
    }

    public byte[] Bytes { get; }

    public int Samples => _times.Count;

    /// <summary>Gives all samples one time, and each a value of a log-normal distribution, as latencies have.</summary>
    public void Renew(DateTimeOffset time)
    {
        Span<byte> stamp = stackalloc byte[27];
        time.UtcDateTime.TryFormat(stamp, out _, TimeFormat, CultureInfo.InvariantCulture);
        foreach (var at in _times)
            stamp.CopyTo(Bytes.AsSpan(at));
        foreach (var at in _values)
        {
            // Box and Muller, Annals of Mathematical Statistics 29(2), 1958; kept below 10 so that the width stays.
            var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
            Math.Min(9.999999, Math.Exp(0.25 * normal)).TryFormat(Bytes.AsSpan(at), out _, ValueFormat, CultureInfo.InvariantCulture);
        }
    }
}

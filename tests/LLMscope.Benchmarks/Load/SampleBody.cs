using System.Globalization;
using System.Text;

namespace LLMscope.Benchmarks.Load;

/// <summary>An NDJSON body of samples whose times can be set without writing it anew, so that making load costs little.</summary>
internal sealed class SampleBody
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private readonly List<int> _times = [];

    public SampleBody(IEnumerable<int> series, Random random)
    {
        var text = new StringBuilder();
        foreach (var number in series)
        {
            text.Append("{\"time\":\"");
            _times.Add(text.Length);
            text.Append(DateTime.UnixEpoch.ToString(TimeFormat, CultureInfo.InvariantCulture));
            text.Append(CultureInfo.InvariantCulture, $"\",\"provider\":\"load\",\"model\":\"model-{number}\",\"characteristic\":\"duration\",\"value\":{Math.Exp(random.NextDouble() - 0.5):R}}}\n");
        }

        Bytes = Encoding.ASCII.GetBytes(text.ToString());
    }

    public byte[] Bytes { get; }

    public int Samples => _times.Count;

    /// <summary>Gives all samples one time.</summary>
    public void SetTime(DateTimeOffset time)
    {
        Span<byte> stamp = stackalloc byte[27];
        time.UtcDateTime.TryFormat(stamp, out _, TimeFormat, CultureInfo.InvariantCulture);
        foreach (var at in _times)
            stamp.CopyTo(Bytes.AsSpan(at));
    }
}

using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace LLMscope.Monitoring.Tests.Storage;

/// <summary>A logger that keeps what was said and lets a test await words.</summary>
internal sealed class HeardLog : ILogger
{
    private readonly ConcurrentQueue<string> _heard = new();
    private readonly Channel<bool> _news = Channel.CreateUnbounded<bool>();

    /// <summary>The first line with the words, among those said after the line with the earlier words.</summary>
    public async Task<string> UntilAsync(string words, CancellationToken cancellation, string after = "")
    {
        while (true)
        {
            var line = _heard.SkipWhile(earlier => !Has(earlier, after)).FirstOrDefault(later => Has(later, words));
            if (line is not null)
                return line;

            await _news.Reader.ReadAsync(cancellation);
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _heard.Enqueue($"{formatter(state, exception)} {exception?.Message}");
        _news.Writer.TryWrite(true);
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    private static bool Has(string line, string words) => line.Contains(words, StringComparison.Ordinal);
}

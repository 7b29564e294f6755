using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LLMscope.Service.Tests;

/// <summary>A logger that keeps what was said.</summary>
internal sealed class HeardLog<T>(LogLevel lowest = LogLevel.Trace) : ILogger<T>
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel}: {formatter(state, exception)}");

    public bool IsEnabled(LogLevel logLevel) => logLevel >= lowest;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}

using System.Collections.Immutable;
using System.Threading.Channels;

namespace LLMscope.Monitoring.Violations;

/// <summary>Tells who listens that a violation opened, changed or was resolved, once it is stored.</summary>
public sealed class ViolationFeed
{
    private const int MostBehind = 1_000;

    private ImmutableArray<Channel<ViolationNews>> _listeners = [];

    /// <summary>News from now on, until cancelled. A slow listener loses the oldest.</summary>
    public async IAsyncEnumerable<ViolationNews> ListenAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var news = Channel.CreateBounded<ViolationNews>(new BoundedChannelOptions(MostBehind) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        ImmutableInterlocked.Update(ref _listeners, listeners => listeners.Add(news));
        try
        {
            await foreach (var item in news.Reader.ReadAllAsync(cancellation))
                yield return item;
        }
        finally
        {
            ImmutableInterlocked.Update(ref _listeners, listeners => listeners.Remove(news));
        }
    }

    internal void Show(Violation violation, ChangeKind kind) => Show(new ViolationNews(violation.Id, violation.ChartId, kind switch
    {
        ChangeKind.Opened => "opened",
        ChangeKind.Resolved => "resolved",
        _ => "extended",
    }));

    internal void Show(ViolationNews news)
    {
        foreach (var listener in _listeners)
            listener.Writer.TryWrite(news);
    }
}

/// <param name="Change">opened, extended, acknowledged or resolved.</param>
public sealed record ViolationNews(Guid Id, int ChartId, string Change);

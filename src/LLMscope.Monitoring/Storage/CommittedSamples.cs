using System.Buffers;
using System.Threading.Channels;
using LLMscope.Monitoring.Samples;
using Microsoft.Extensions.Options;

namespace LLMscope.Monitoring.Storage;

/// <summary>
/// Archived samples on their way to be judged. It holds a bounded number; beyond it a group is let go, and the monitor,
/// who sees the gap in the sequence, reads it back from the archive. So a slow judge never holds up the door.
/// </summary>
internal sealed class CommittedSamples(IOptions<InboxOptions> options)
{
    // Bounded by _waiting, which counts samples.
    private readonly Channel<CommittedGroup> _groups = Channel.CreateUnbounded<CommittedGroup>(new UnboundedChannelOptions { SingleReader = true });
    private int _waiting;

    // What was let go, up to this sequence; and whether a marker that says so lies in the queue, which never holds two.
    private long _letGo;
    private int _marked;

    public int Waiting => Volatile.Read(ref _waiting);

    public ChannelReader<CommittedGroup> Reader => _groups.Reader;

    public void Offer(CommittedGroup group)
    {
        if (Interlocked.Add(ref _waiting, group.Samples.Count) <= options.Value.LargestBacklog)
        {
            _groups.Writer.TryWrite(group);
            return;
        }

        // An empty group tells the monitor that there is something to read back, also when nothing more ever comes.
        Interlocked.Add(ref _waiting, -group.Samples.Count);
        Interlocked.Exchange(ref _letGo, group.LastSequence);
        group.GiveBack();
        if (Interlocked.Exchange(ref _marked, 1) == 0)
            _groups.Writer.TryWrite(group with { Samples = ArraySegment<ArchivedSample>.Empty, IsRented = false });
    }

    public bool TryTake(out CommittedGroup group)
    {
        if (!_groups.Reader.TryRead(out group))
            return false;

        if (group.Samples.Count == 0)
        {
            // In this order: what is let go from here on brings a marker of its own.
            Interlocked.Exchange(ref _marked, 0);
            group = group with { LastSequence = Interlocked.Read(ref _letGo) };
        }

        Interlocked.Add(ref _waiting, -group.Samples.Count);
        return true;
    }
}

/// <summary>The samples of one group commit, or none where they are to be read back.</summary>
/// <param name="IsRented">Whether they lie in an array of the shared pool.</param>
internal readonly record struct CommittedGroup(long FirstSequence, long LastSequence, ArraySegment<ArchivedSample> Samples, bool IsRented = false)
{
    /// <summary>Nobody looks at the samples any more.</summary>
    public void GiveBack()
    {
        if (IsRented)
            ArrayPool<ArchivedSample>.Shared.Return(Samples.Array!);
    }
}

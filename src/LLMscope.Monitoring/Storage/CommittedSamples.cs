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

    public int Waiting => Volatile.Read(ref _waiting);

    public ChannelReader<CommittedGroup> Reader => _groups.Reader;

    public void Offer(CommittedGroup group)
    {
        if (Interlocked.Add(ref _waiting, group.Samples.Length) <= options.Value.LargestBacklog || group.Samples.Length > options.Value.LargestBacklog)
        {
            _groups.Writer.TryWrite(group);
            return;
        }

        // An empty group still tells the monitor that there is something to read back.
        Interlocked.Add(ref _waiting, -group.Samples.Length);
        if (_groups.Reader.Count == 0)
            _groups.Writer.TryWrite(group with { Samples = [] });
    }

    public bool TryTake(out CommittedGroup group)
    {
        if (!_groups.Reader.TryRead(out group))
            return false;

        Interlocked.Add(ref _waiting, -group.Samples.Length);
        return true;
    }
}

/// <summary>The samples of one group commit, or none where they are to be read back.</summary>
internal readonly record struct CommittedGroup(long FirstSequence, long LastSequence, ArchivedSample[] Samples);

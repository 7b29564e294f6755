using LLMscope.Monitoring.Samples;

namespace LLMscope.Monitoring.Charts;

/// <summary>
/// Makes the points of a joint chart of the samples of its members, interval by interval. An interval is a point once every member has gone beyond it, or
/// nothing more comes; one in which a member has no sample is no point, since a vector with a hole has no T2.
/// </summary>
internal sealed class JointIntake(LiveChart chart, IReadOnlyList<Series> members)
{
    // Members may be behind each other by so many intervals; beyond it the oldest waits no longer.
    private const int MostOpen = 16;

    private readonly DateTime[] _reached = new DateTime[members.Count];

    /// <summary>Oldest first. Bounded by <see cref="MostOpen"/>, and while a restart reads back by what it reads.</summary>
    private readonly List<OpenVector> _open = [];
    private DateTime _closedUpTo = chart.Plan.Choices.Joint?.From ?? DateTime.MinValue;

    public IReadOnlyList<Series> Members { get; } = members;

    public LiveChart Chart { get; } = chart;

    /// <summary>The sample before the first one that is in no point yet; null where there is none.</summary>
    public long? OpenSince => _open.Count == 0 ? null : _open.Min(vector => vector.SequenceBefore);

    /// <summary>Takes the next sample of one of its members.</summary>
    public void Add(in ArchivedSample archived, MonitorTurn turn, ChartLedger ledger)
    {
        Hold(archived);
        while (_open.Count > 0 && (_open.Count > MostOpen || Array.TrueForAll(_reached, reached => reached >= _open[0].End)))
            Close(turn, ledger);
    }

    /// <summary>Takes a sample and makes no point of it yet: what a restart reads back was judged before.</summary>
    public void Hold(in ArchivedSample archived)
    {
        var sample = archived.Sample;
        var member = IndexOf(sample.Series);
        if (member < 0 || !sample.Standing.IsCharted())
            return;

        if (sample.Time > _reached[member])
            _reached[member] = sample.Time;
        var interval = Chart.Plan.Subgroup;
        var start = new DateTime(sample.Time.Ticks - (sample.Time.Ticks % interval.Ticks), DateTimeKind.Utc);

        // Its interval is a point already, or was none, or began before the chart did.
        if (start < _closedUpTo || (Chart.Last is { } last && start < last.Time))
            return;

        var at = _open.FindIndex(vector => vector.Start >= start);
        if (at < 0 || _open[at].Start > start)
        {
            at = at < 0 ? _open.Count : at;
            _open.Insert(at, new OpenVector(start, interval, Members, archived.Sequence));
        }

        _open[at].Add(member, sample, archived.Sequence);
    }

    /// <summary>Makes points of intervals that get no more samples. One that still lacks a member waits an interval longer.</summary>
    public void CloseIdle(DateTime now, TimeSpan grace, MonitorTurn turn, ChartLedger ledger)
    {
        var patience = Chart.Plan.Subgroup > grace ? Chart.Plan.Subgroup : grace;
        while (_open.Count > 0 && _open[0].IsIdle(now, _open[0].IsComplete ? grace : patience))
            Close(turn, ledger);
    }

    /// <summary>Begins anew, with intervals as they are planned now.</summary>
    public void Forget() => _open.Clear();

    private void Close(MonitorTurn turn, ChartLedger ledger)
    {
        var closed = _open[0];
        _open.RemoveAt(0);
        _closedUpTo = closed.End;
        if (closed.IsComplete)
            Chart.Take(closed, turn, ledger);
    }

    private int IndexOf(Series series)
    {
        for (var i = 0; i < Members.Count; i++)
        {
            if (Members[i].Id == series.Id)
                return i;
        }

        return -1;
    }
}

using System.Runtime.InteropServices;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Monitoring.Charts;

/// <summary>What samples come to as the next point of a chart.</summary>
/// <param name="IsHistory">All of it was old when it arrived.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Statistic(DateTime Time, double Value, int Count, MeanLength? Length, PointSpread? Spread, bool IsHistory)
{
    /// <summary>What a point of a joint chart is made of; its value is not known before it is judged.</summary>
    public JointVector? Joint { get; init; }

    /// <summary>Of a single sample; null where it makes no point.</summary>
    /// <param name="last">The point before, from which the time to an event is counted, whatever it stood for.</param>
    /// <param name="gap">What counts the units to an event.</param>
    public static Statistic? Of(in Sample sample, long sequence, PointSource source, ChartPoint? last, OpenGap gap)
    {
        if (source == PointSource.Units)
        {
            return gap.Add(sample, sequence) is { } units
                ? new Statistic(sample.Time, units, (int)Math.Min(units + 1, int.MaxValue), null, null, IsOld(sample))
                : null;
        }

        if (source == PointSource.Events)
            return sample.Value > 0 ? new Statistic(sample.Time, last is null ? 0 : (sample.Time - last.Time).TotalSeconds, 1, null, null, IsOld(sample)) : null;

        var lengths = default(MeanLengths);
        lengths.Add(sample.Length);
        return new Statistic(sample.Time, sample.Value, sample.Count, lengths.Mean, null, IsOld(sample));
    }

    public static Statistic Of(OpenSubgroup subgroup, IChartKind? kind) => new(
        subgroup.End, kind?.Plotted(subgroup) ?? subgroup.Statistic, subgroup.Count, subgroup.Length, kind?.SpreadOf(subgroup), subgroup.IsHistory);

    public static Statistic Of(OpenVector vector) => new(vector.End, double.NaN, vector.Count, null, null, vector.IsHistory) { Joint = vector.ToVector() };

    private static bool IsOld(in Sample sample) => sample.Standing == Standing.History;
}

using LLMscope.Service.Scraping.Exposition;

namespace LLMscope.Service.Scraping.Deriving;

/// <summary>A metric of a page, under any of the names that it has had, and which of its time series count.</summary>
/// <param name="Names">The present name first. The first one that is on the page is the one that is read.</param>
internal sealed record Metric(params IReadOnlyList<string> Names)
{
    private const string Total = "_total";

    private readonly List<(string Label, string[] Values, bool Excludes)> _conditions = [];

    /// <summary>The present name.</summary>
    public string Name => Names[0];

    /// <summary>A counter, which may be exposed with <c>_total</c> at the end of its name or without.</summary>
    public static Metric Counter(params string[] names) =>
        new([.. names.SelectMany(name => name.EndsWith(Total, StringComparison.Ordinal) ? [name, name[..^Total.Length]] : (string[])[name, name + Total]).Distinct()]);

    /// <summary>A part of a histogram or a summary: its sum, count or buckets.</summary>
    public Metric Part(string suffix)
    {
        var part = new Metric([.. Names.Select(name => name + suffix)]);
        part._conditions.AddRange(_conditions);
        return part;
    }

    /// <summary>Only time series whose label has one of the values.</summary>
    public Metric Where(string label, params string[] values) => With((label, values, false));

    /// <summary>Only time series whose label has none of the values.</summary>
    public Metric Except(string label, params string[] values) => With((label, values, true));

    public bool Includes(Label[] labels)
    {
        foreach (var (label, values, excludes) in _conditions)
        {
            var value = Array.Find(labels, candidate => candidate.Name == label).Value ?? "";
            if (values.Contains(value) == excludes)
                return false;
        }

        return true;
    }

    /// <summary>As the documentation names it.</summary>
    public override string ToString() =>
        _conditions.Count == 0 ? Name : $"{Name}{{{string.Join(",", _conditions.Select(one => $"{one.Label}{(one.Excludes ? "!=" : "=")}{string.Join('|', one.Values)}"))}}}";

    private Metric With((string, string[], bool) condition)
    {
        var narrowed = new Metric(Names);
        narrowed._conditions.AddRange([.. _conditions, condition]);
        return narrowed;
    }
}

using System.Collections.Frozen;
using System.Text;

namespace LLMscope.Service.Scraping.Exposition;

/// <summary>
/// Reads a page of metrics line by line, in the text format 0.0.4 or as OpenMetrics 1.0. Like Prometheus it accepts a page as a whole or not at all:
/// one malformed line is a fault. Exemplars are checked and skipped.
/// </summary>
/// <remarks>Prometheus, "Exposition formats"; OpenMetrics 1.0. Names in quotes as Prometheus 3 writes them are understood.</remarks>
/// <param name="isOpenMetrics">Whether times are seconds, exemplars are allowed and the page must end with <c># EOF</c>.</param>
/// <param name="wants">Whether samples of a name are of interest; the labels of others are only checked.</param>
/// <param name="take">Gets each wanted sample.</param>
internal sealed class ExpositionParser(bool isOpenMetrics, Func<string, bool> wants, Action<ExpositionSample> take)
{
    private static readonly FrozenSet<string> Types = FrozenSet.Create(
        "counter", "gauge", "histogram", "summary", "untyped", "unknown", "info", "stateset", "gaugehistogram");

    private readonly LabelReader _labels = new();
    private string _lastName = "";
    private bool _wantsLast;
    private bool _isEnded;

    /// <summary>Lines that were read.</summary>
    public long Lines { get; private set; }

    /// <summary>Samples that were read, wanted or not.</summary>
    public long Samples { get; private set; }

    /// <param name="line">Without its line feed.</param>
    /// <exception cref="ExpositionException">The line is malformed.</exception>
    public void Read(ReadOnlySpan<byte> line)
    {
        Lines++;
        if (_isEnded)
            throw Fault("follows the end (# EOF)");

        var cursor = new LineCursor(line);
        cursor.SkipBlanks();
        if (cursor.Take('#'))
            ReadComment(ref cursor);
        else if (!cursor.IsAtEnd)
            ReadSample(ref cursor);
        else if (isOpenMetrics)
            throw Fault("is empty");
    }

    /// <param name="rest">What follows the last line feed. In the text format that is nothing: the last number of a page that was cut off would be another one.</param>
    /// <exception cref="ExpositionException">The page is not complete.</exception>
    public void End(ReadOnlySpan<byte> rest)
    {
        if (!rest.IsEmpty && !isOpenMetrics)
        {
            Lines++;
            throw Fault("does not end with a line feed, so the page was cut off");
        }

        if (!rest.IsEmpty)
            Read(rest);
        if (!isOpenMetrics || _isEnded)
            return;

        Lines++;
        throw Fault("is missing: OpenMetrics ends with # EOF, so the page was cut off");
    }

    private void ReadComment(ref LineCursor cursor)
    {
        cursor.SkipBlanks();
        var word = cursor.TakeWord();
        if (isOpenMetrics && word.SequenceEqual("EOF"u8))
        {
            if (!cursor.IsAtEnd)
                throw Fault("has something after # EOF");
            _isEnded = true;
        }
        else if (word.SequenceEqual("TYPE"u8))
        {
            ReadMetadataName(ref cursor);
            var type = Encoding.UTF8.GetString(cursor.TakeWord());
            cursor.SkipBlanks();
            if (!Types.Contains(type) || !cursor.IsAtEnd)
                throw Fault("gives a type that is none");
        }
        else if (word.SequenceEqual("HELP"u8) || (isOpenMetrics && word.SequenceEqual("UNIT"u8)))
        {
            ReadMetadataName(ref cursor);
        }
    }

    private void ReadMetadataName(ref LineCursor cursor)
    {
        cursor.SkipBlanks();
        var isNamed = cursor.Next == '"' ? cursor.TryTakeQuoted(out var quoted) && quoted.Length > 0 : !cursor.TakeName(colons: true).IsEmpty;
        if (!isNamed || !(cursor.IsAtEnd || cursor.Next is (byte)' ' or (byte)'\t'))
            throw Fault("does not name a metric");
        cursor.SkipBlanks();
    }

    private void ReadSample(ref LineCursor cursor)
    {
        var name = cursor.TakeName(colons: true);
        _labels.Clear();
        cursor.SkipBlanks();
        if (cursor.Take('{'))
            ReadLabels(ref cursor);

        if (name.IsEmpty == (_labels.QuotedName is null))
            throw Fault("does not begin with the name of a metric");
        var text = _labels.QuotedName ?? NameOf(name);

        cursor.SkipBlanks();
        if (!ExpositionNumbers.TryParse(cursor.TakeWord(), out var value))
            throw Fault($"has no number as the value of {text}");

        var time = ReadTime(ref cursor);
        if (isOpenMetrics && cursor.Take('#'))
            ReadExemplar(ref cursor);
        if (!cursor.IsAtEnd)
            throw Fault("has something after the value and the time");

        Samples++;
        if (WantsLast(text))
            take(new ExpositionSample(text, _labels.ToArray(), value, time));
    }

    private void ReadLabels(ref LineCursor cursor)
    {
        if (_labels.Read(ref cursor) is { } problem)
            throw Fault(problem);
    }

    private long? ReadTime(ref LineCursor cursor)
    {
        cursor.SkipBlanks();
        if (cursor.IsAtEnd || cursor.Next == '#')
            return null;
        if (!ExpositionNumbers.TryParseTime(cursor.TakeWord(), isOpenMetrics, out var milliseconds))
            throw Fault("has no time after the value");

        cursor.SkipBlanks();
        return milliseconds;
    }

    private void ReadExemplar(ref LineCursor cursor)
    {
        // Its labels have a reader of their own: those of the sample are still needed.
        cursor.SkipBlanks();
        var labels = new LabelReader();
        if (!cursor.Take('{') || labels.Read(ref cursor) is not null || labels.QuotedName is not null)
            throw Fault("has an exemplar without labels");

        cursor.SkipBlanks();
        if (!ExpositionNumbers.TryParse(cursor.TakeWord(), out _))
            throw Fault("has an exemplar without a number");
        ReadTime(ref cursor);
    }

    // The lines of one metric follow each other, so the last name is nearly always the next one.
    private string NameOf(ReadOnlySpan<byte> name) => Ascii.Equals(name, _lastName) ? _lastName : Encoding.ASCII.GetString(name);

    private bool WantsLast(string name)
    {
        if (!ReferenceEquals(name, _lastName))
            (_lastName, _wantsLast) = (name, wants(name));
        return _wantsLast;
    }

    private ExpositionException Fault(string problem) => new(Lines, problem);
}

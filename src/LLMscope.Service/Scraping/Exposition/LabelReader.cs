using System.Text;
using System.Text.Unicode;

namespace LLMscope.Service.Scraping.Exposition;

/// <summary>Reads the labels of one sample after another. What is wrong with them comes back in words that follow "line 7 of the page".</summary>
internal sealed class LabelReader
{
    private const int MostLabels = 128;

    private readonly List<Label> _labels = []; // bounded by MostLabels

    /// <summary>The name of the metric where it stands in quotes among the labels, as names beyond the classic characters do.</summary>
    public string? QuotedName { get; private set; }

    /// <summary>Takes labels after their opening brace up to the closing one.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public string? Read(ref LineCursor cursor)
    {
        Clear();
        while (true)
        {
            cursor.SkipBlanks();
            if (cursor.Take('}'))
                return Sort();
            if (ReadOne(ref cursor) is { } problem)
                return problem;

            cursor.SkipBlanks();
            if (!cursor.Take(',') && cursor.Next != '}')
                return "has labels without a comma or a closing brace between them";
        }
    }

    public void Clear()
    {
        _labels.Clear();
        QuotedName = null;
    }

    public Label[] ToArray() => [.. _labels];

    private string? ReadOne(ref LineCursor cursor)
    {
        string? name;
        if (cursor.Next == '"')
        {
            if (!TryText(ref cursor, out name))
                return "has a quoted name that does not end or is no UTF-8";
            cursor.SkipBlanks();
            if (cursor.Next != '=')
            {
                var isFirst = QuotedName is null && _labels.Count == 0;
                QuotedName = name;
                return isFirst && name.Length > 0 ? null : "has a label without a value";
            }
        }
        else
        {
            name = Encoding.ASCII.GetString(cursor.TakeName(colons: false));
        }

        if (name.Length == 0)
            return "has a label without a name";

        cursor.SkipBlanks();
        if (!cursor.Take('='))
            return $"has no value for the label '{name}'";

        cursor.SkipBlanks();
        if (!TryText(ref cursor, out var value))
            return $"has a value of the label '{name}' that is not in quotes, does not end or is no UTF-8";
        if (_labels.Count == MostLabels)
            return $"has more than {MostLabels} labels";

        _labels.Add(new Label(name, value));
        return null;
    }

    private string? Sort()
    {
        _labels.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        for (var i = 1; i < _labels.Count; i++)
        {
            if (_labels[i].Name == _labels[i - 1].Name)
                return $"names the label '{_labels[i].Name}' twice";
        }

        return null;
    }

    private static bool TryText(ref LineCursor cursor, out string text)
    {
        text = "";
        if (!cursor.TryTakeQuoted(out var raw) || !Utf8.IsValid(raw))
            return false;

        text = Encoding.UTF8.GetString(raw);
        if (text.Contains('\\', StringComparison.Ordinal))
            text = Unescaped(text);
        return true;
    }

    // Only these three are escapes; before anything else a backslash stands for itself.
    private static string Unescaped(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var escaped = text[i] == '\\' && i + 1 < text.Length ? text[i + 1] switch { 'n' => '\n', '"' => '"', '\\' => '\\', _ => '\0' } : '\0';
            plain.Append(escaped == '\0' ? text[i] : escaped);
            i += escaped == '\0' ? 0 : 1;
        }

        return plain.ToString();
    }
}

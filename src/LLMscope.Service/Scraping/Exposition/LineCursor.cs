namespace LLMscope.Service.Scraping.Exposition;

/// <summary>A place in one line, moved on by what is taken.</summary>
internal ref struct LineCursor(ReadOnlySpan<byte> line)
{
    private const byte Quote = (byte)'"';
    private const byte Backslash = (byte)'\\';

    private ReadOnlySpan<byte> _rest = line;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>The next byte; 0 at the end.</summary>
    public readonly byte Next => _rest.IsEmpty ? (byte)0 : _rest[0];

    public void SkipBlanks() => _rest = _rest.TrimStart(" \t"u8);

    public bool Take(char expected)
    {
        if (Next != expected)
            return false;

        _rest = _rest[1..];
        return true;
    }

    /// <summary>A letter or underscore and what letters, digits and underscores follow; nothing where there is none.</summary>
    /// <param name="colons">Whether colons count as letters, as they do in the names of metrics.</param>
    public ReadOnlySpan<byte> TakeName(bool colons)
    {
        var length = 0;
        while (length < _rest.Length && IsOfName(_rest[length], colons, isFirst: length == 0))
            length++;

        return TakeBytes(length);
    }

    /// <summary>All up to the next blank.</summary>
    public ReadOnlySpan<byte> TakeWord()
    {
        var end = _rest.IndexOfAny(" \t"u8);
        return TakeBytes(end < 0 ? _rest.Length : end);
    }

    /// <summary>What stands between two quotes, escapes untouched.</summary>
    /// <returns>False where no quote is next or none closes it.</returns>
    public bool TryTakeQuoted(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (Next != Quote)
            return false;

        var end = 1;
        while (end < _rest.Length && _rest[end] != Quote)
            end += _rest[end] == Backslash ? 2 : 1;
        if (end >= _rest.Length)
            return false;

        text = _rest[1..end];
        _rest = _rest[(end + 1)..];
        return true;
    }

    private ReadOnlySpan<byte> TakeBytes(int length)
    {
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private static bool IsOfName(byte character, bool colons, bool isFirst) =>
        char.IsAsciiLetter((char)character) || character == '_' || (colons && character == ':') || (!isFirst && char.IsAsciiDigit((char)character));
}

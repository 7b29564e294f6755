namespace LLMscope.Client.Http;

/// <summary>
/// Reads server-sent events in pieces that may be cut anywhere and hands their data, one JSON document an event, to a scanner. Lines may end in
/// LF, CR LF or CR; comments and other fields are passed over.
/// </summary>
/// <remarks>HTML Living Standard, section 9.2.6, Interpreting an event stream.</remarks>
internal sealed class EventScanner(JsonScanner json)
{
    private const int Data = 4; // the length of the field's name

    private int _matched; // letters of "data" so far; -1 where the line is of another field
    private bool _inValue;
    private bool _mayBeSpace;
    private bool _lineIsEmpty = true;
    private bool _afterReturn;
    private bool _hasData;

    public void Read(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_afterReturn)
            {
                _afterReturn = false;
                if (bytes[0] == '\n')
                {
                    bytes = bytes[1..];
                    continue;
                }
            }

            var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
            ReadLine(end < 0 ? bytes : bytes[..end]);
            if (end < 0)
                return;

            _afterReturn = bytes[end] == '\r';
            EndLine();
            bytes = bytes[(end + 1)..];
        }
    }

    private void ReadLine(ReadOnlySpan<byte> part)
    {
        if (part.IsEmpty)
            return;

        _lineIsEmpty = false;
        while (!_inValue && _matched >= 0 && !part.IsEmpty)
        {
            var next = part[0];
            part = part[1..];
            if (_matched == Data && next == ':')
                (_inValue, _mayBeSpace) = (true, true);
            else if (_matched < Data && next == "data"u8[_matched])
                _matched++;
            else if (next < 0x80) // A byte order mark before the first field is no part of its name.
                _matched = -1;
        }

        if (!_inValue || part.IsEmpty)
            return;

        if (_mayBeSpace)
        {
            _mayBeSpace = false;
            if (_hasData)
                json.Read("\n"u8);
            if (part[0] == ' ')
                part = part[1..];
        }

        _hasData = true;
        json.Read(part);
    }

    private void EndLine()
    {
        if (_lineIsEmpty)
        {
            json.Restart();
            _hasData = false;
        }

        (_matched, _inValue, _mayBeSpace, _lineIsEmpty) = (0, false, false, true);
    }
}

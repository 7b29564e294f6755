using System.Buffers;

namespace LLMscope.Client.Http;

/// <summary>
/// Reads JSON in pieces that may be cut anywhere and tells its scalars with their paths. It keeps a window of fixed size, however long the strings are,
/// and it is no validator: what it does not understand makes it deaf until the next <see cref="Restart"/>, never wrong for the application.
/// Documents may follow one another, as in NDJSON.
/// </summary>
internal sealed class JsonScanner(JsonSink sink)
{
    public const int LongestScalar = 256;

    private const int DeepestNesting = 64;
    private const int LongestPath = 192;
    private const byte Unknown = 1; // in place of a name for which there is no room

    private static readonly SearchValues<byte> EndsOfRun = SearchValues.Create("\"\\"u8);
    private static readonly SearchValues<byte> EndsOfLiteral = SearchValues.Create(",]}:[{\" \t\r\n"u8);

    private readonly byte[] _scalar = new byte[LongestScalar];
    private readonly byte[] _path = new byte[LongestPath];
    private readonly byte[] _bases = new byte[DeepestNesting]; // the length of the path where each container began
    private readonly bool[] _objects = new bool[DeepestNesting];
    private int _scalarLength;
    private int _pathLength;
    private int _depth;
    private bool _inString;
    private bool _inLiteral;
    private bool _isEscaped;
    private bool _isName;

    public bool IsDeaf { get; private set; }

    /// <summary>Whether a document has ended and none has begun since.</summary>
    public bool IsWhole { get; private set; }

    public void Read(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !IsDeaf)
            bytes = bytes[(_inString ? ReadString(bytes) : _inLiteral ? ReadLiteral(bytes) : ReadStructure(bytes[0]))..];
    }

    /// <summary>Ends the document, also a number that nothing follows, and forgets what was open.</summary>
    public void Restart()
    {
        if (_inLiteral && !IsDeaf)
            EndScalar(isText: false);
        (_depth, _pathLength, _scalarLength) = (0, 0, 0);
        (_inString, _inLiteral, _isEscaped, _isName, IsDeaf) = (false, false, false, false, false);
    }

    private int ReadString(ReadOnlySpan<byte> bytes)
    {
        if (_isEscaped)
        {
            _isEscaped = false;
            Keep(bytes[..1]);
            return 1;
        }

        var end = bytes.IndexOfAny(EndsOfRun);
        Keep(end < 0 ? bytes : bytes[..end]);
        if (end < 0)
            return bytes.Length;

        if (bytes[end] == '\\')
        {
            _isEscaped = true;
            Keep("\\"u8);
            return end + 1;
        }

        _inString = false;
        if (_isName)
            EndName();
        else
            EndScalar(isText: true);
        return end + 1;
    }

    private int ReadLiteral(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny(EndsOfLiteral);
        Keep(end < 0 ? bytes : bytes[..end]);
        if (end < 0)
            return bytes.Length;

        _inLiteral = false;
        EndScalar(isText: false);
        return end;
    }

    private int ReadStructure(byte next)
    {
        switch (next)
        {
            case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)':':
                break;
            case (byte)'{' or (byte)'[':
                Open(next == '{');
                break;
            case (byte)'}' or (byte)']':
                Close(next == '}');
                break;
            case (byte)',':
                _isName = _depth > 0 && _objects[_depth - 1];
                break;
            case (byte)'"':
                (_inString, _scalarLength) = (true, 0);
                break;
            default:
                (_inLiteral, _scalarLength) = (true, 0);
                return 0; // The literal begins with this byte.
        }

        return 1;
    }

    private void Open(bool isObject)
    {
        IsWhole = false;
        if (_depth == DeepestNesting)
        {
            IsDeaf = true;
            return;
        }

        (_objects[_depth], _bases[_depth]) = (isObject, (byte)_pathLength);
        _depth++;
        _isName = isObject;
    }

    private void Close(bool isObject)
    {
        if (_depth == 0 || _objects[_depth - 1] != isObject)
        {
            IsDeaf = true;
            return;
        }

        _depth--;
        _pathLength = _bases[_depth];
        _isName = false;
        IsWhole = _depth == 0;
    }

    private void EndName()
    {
        _isName = false;
        if (_depth == 0)
        {
            IsDeaf = true;
            return;
        }

        _pathLength = _bases[_depth - 1];
        var dot = _pathLength > 0 ? 1 : 0;
        if (_scalarLength < LongestScalar && _pathLength + dot + _scalarLength <= LongestPath - DeepestNesting)
        {
            if (dot > 0)
                _path[_pathLength++] = (byte)'.';
            _scalar.AsSpan(0, _scalarLength).CopyTo(_path.AsSpan(_pathLength));
            _pathLength += _scalarLength;
        }
        else
        {
            _path[_pathLength++] = Unknown;
        }
    }

    private void EndScalar(bool isText)
    {
        IsWhole = _depth == 0;
        sink.Take(_path.AsSpan(0, _pathLength), isText, _scalar.AsSpan(0, _scalarLength));
    }

    private void Keep(ReadOnlySpan<byte> piece)
    {
        if (_inString && !_isName)
            sink.TakePiece(_path.AsSpan(0, _pathLength), piece);
        var fits = Math.Min(piece.Length, LongestScalar - _scalarLength);
        piece[..fits].CopyTo(_scalar.AsSpan(_scalarLength));
        _scalarLength += fits;
    }
}

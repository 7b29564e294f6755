using System.Buffers.Binary;
using System.Data;
using System.Text;
using Npgsql;

namespace LLMscope.Monitoring.Storage;

/// <summary>
/// Rows in the binary format of COPY, encoded straight into one buffer. The importer of the driver resolves the type of each value anew,
/// which costs more than all the rest of a row; here a column is a length and its bytes.
/// </summary>
/// <remarks>PostgreSQL 18 documentation, COPY, Binary Format; all numbers are in network byte order.</remarks>
internal sealed class BinaryCopy : IAsyncDisposable
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Rows are flushed when less than this is left; no row that is written here is longer. The longest is a full block of samples.</summary>
    private const int LongestRow = 64 * 1024;

    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly int FirstDay = DateOnly.FromDateTime(Epoch).DayNumber;

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlRawCopyStream _stream;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
    private int _length;
    private bool _isComplete;

    private BinaryCopy(NpgsqlConnection connection, NpgsqlRawCopyStream stream)
    {
        (_connection, _stream) = (connection, stream);
        ReadOnlySpan<byte> signature = [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0];
        signature.CopyTo(_buffer);
        _length = signature.Length;
        Append(0); // flags
        Append(0); // length of the header extension
    }

    /// <param name="statement">COPY … FROM STDIN (FORMAT BINARY).</param>
    public static async Task<BinaryCopy> BeginAsync(NpgsqlConnection connection, string statement, CancellationToken cancellation) =>
        new(connection, await connection.BeginRawBinaryCopyAsync(statement, cancellation));

    /// <summary>Whether <see cref="FlushAsync"/> is due before the next row.</summary>
    public bool IsFull => BufferSize - _length < LongestRow;

    public void StartRow(short columns)
    {
        BinaryPrimitives.WriteInt16BigEndian(_buffer.AsSpan(_length), columns);
        _length += sizeof(short);
    }

    /// <summary>Begins a column that is an array without nulls; its elements follow.</summary>
    public void StartArray(ArrayOf elements, int count)
    {
        var size = elements switch { ArrayOf.Short => sizeof(short), ArrayOf.Int => sizeof(int), _ => sizeof(long) };
        Append((5 * sizeof(int)) + (count * (sizeof(int) + size)));
        Append(1); // dimension
        Append(0); // no nulls
        Append((int)elements);
        Append(count);
        Append(1); // the index of the first
    }

    public void Write(short value)
    {
        Append(sizeof(short));
        BinaryPrimitives.WriteInt16BigEndian(_buffer.AsSpan(_length), value);
        _length += sizeof(short);
    }

    public void Write(int value)
    {
        Append(sizeof(int));
        Append(value);
    }

    public void Write(long value)
    {
        Append(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(_buffer.AsSpan(_length), value);
        _length += sizeof(long);
    }

    public void Write(double value)
    {
        Append(sizeof(double));
        BinaryPrimitives.WriteDoubleBigEndian(_buffer.AsSpan(_length), value);
        _length += sizeof(double);
    }

    public void Write(bool value)
    {
        Append(1);
        _buffer[_length++] = value ? (byte)1 : (byte)0;
    }

    /// <param name="time">UTC; timestamptz counts microseconds since 2000.</param>
    public void Write(DateTime time) => Write((time.Ticks - Epoch.Ticks) / TimeSpan.TicksPerMicrosecond);

    /// <summary>The time that was written as so many microseconds.</summary>
    public static DateTime TimeOf(long microseconds) => Epoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    public void Write(DateOnly day) => Write(day.DayNumber - FirstDay);

    public void Write(short? value)
    {
        if (value is { } known)
            Write(known);
        else
            WriteNull();
    }

    public void Write(bool? value)
    {
        if (value is { } known)
            Write(known);
        else
            WriteNull();
    }

    public void Write(int? value)
    {
        if (value is { } known)
            Write(known);
        else
            WriteNull();
    }

    public void Write(double? value)
    {
        if (value is { } known)
            Write(known);
        else
            WriteNull();
    }

    /// <summary>An array of one dimension that holds no null.</summary>
    public void Write(IReadOnlyList<double>? numbers)
    {
        if (numbers is null)
        {
            WriteNull();
            return;
        }

        StartArray(ArrayOf.Double, numbers.Count);
        foreach (var number in numbers)
            Write(number);
    }

    /// <param name="text">In UTF-8; null where there is none.</param>
    public void Write(string? text)
    {
        if (text is null)
        {
            WriteNull();
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length + sizeof(int)));
        Append(bytes);
        _length += bytes;
    }

    public void WriteNull() => Append(-1);

    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        await _stream.WriteAsync(_buffer.AsMemory(0, _length), cancellation);
        _length = 0;
    }

    /// <summary>Ends the COPY; without it everything is cancelled.</summary>
    public async Task CompleteAsync(CancellationToken cancellation)
    {
        StartRow(-1);
        await FlushAsync(cancellation);
        _isComplete = true;
        await _stream.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // A connection that broke has ended the COPY with it: to cancel it would be a fault of its own, in the place of the one that passes.
        if (!_isComplete && _connection.State == ConnectionState.Open)
            await _stream.CancelAsync();
    }

    private void Append(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_length), value);
        _length += sizeof(int);
    }
}

/// <summary>What an array holds, by the identifier that PostgreSQL has for it (catalog pg_type).</summary>
internal enum ArrayOf
{
    Long = 20,
    Short = 21,
    Int = 23,
    Double = 701,
}

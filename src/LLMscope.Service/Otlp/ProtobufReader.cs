using System.Buffers.Binary;

namespace LLMscope.Service.Otlp;

/// <summary>
/// Reads the fields of one protobuf message in their order. After <see cref="Next"/> the caller takes the value as the type that it
/// expects, or skips it. Another wire type than the expected one, a group, and input that ends within a value are faults.
/// </summary>
/// <remarks>protobuf.dev/programming-guides/encoding.</remarks>
/// <param name="name">What the message is, for the sender.</param>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message, string name)
{
    private const int LongestVarint = 10;

    private ReadOnlySpan<byte> _rest = message;
    private WireType _wire;

    private enum WireType
    {
        Varint = 0,
        Fixed64 = 1,
        Bytes = 2,
        Fixed32 = 5,
    }

    /// <summary>The number of the field that was read last.</summary>
    public int Field { get; private set; }

    /// <summary>Reads the next tag; false at the end.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty)
            return false;

        var tag = ReadVarint();
        if (tag > uint.MaxValue || tag >> 3 == 0)
            throw Fault("has a field without a valid number");

        (Field, _wire) = ((int)(tag >> 3), (WireType)(tag & 7));
        return _wire is WireType.Varint or WireType.Fixed64 or WireType.Bytes or WireType.Fixed32
            ? true
            : throw Fault($"has field {Field} in a form (wire type {(int)_wire}) that OTLP does not use");
    }

    public void Skip()
    {
        switch (_wire)
        {
            case WireType.Varint:
                ReadVarint();
                break;
            case WireType.Fixed64:
                Take(sizeof(ulong));
                break;
            case WireType.Bytes:
                TakeBytes();
                break;
            default:
                Take(sizeof(uint));
                break;
        }
    }

    public ulong Varint()
    {
        Expect(WireType.Varint);
        return ReadVarint();
    }

    /// <summary>Of type sint32: 0, -1, 1, -2 are sent as 0, 1, 2, 3.</summary>
    public int ZigZag()
    {
        var coded = (uint)Varint();
        return (int)(coded >> 1) ^ -(int)(coded & 1);
    }

    public ulong Fixed64()
    {
        Expect(WireType.Fixed64);
        return BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
    }

    public double Double() => BitConverter.UInt64BitsToDouble(Fixed64());

    public uint Fixed32()
    {
        Expect(WireType.Fixed32);
        return BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
    }

    public ReadOnlySpan<byte> Bytes()
    {
        Expect(WireType.Bytes);
        return TakeBytes();
    }

    public string Text() => OtlpText.Of(Bytes());

    public ProtobufReader Message(string called) => new(Bytes(), called);

    /// <summary>In lower-case hexadecimal digits.</summary>
    public string Id()
    {
        var bytes = Bytes();
        return bytes.Length <= OtlpBounds.Id ? Convert.ToHexStringLower(bytes) : throw Fault($"has an identifier of {bytes.Length} bytes");
    }

    /// <summary>One or, packed, many numbers of a repeated field.</summary>
    public void Fixed64s(List<ulong> into)
    {
        if (_wire == WireType.Fixed64)
        {
            Add(into, Fixed64());
            return;
        }

        var packed = Bytes();
        if (packed.Length % sizeof(ulong) != 0)
            throw Fault($"has {packed.Length} bytes of packed numbers, which have 8 each");

        for (; !packed.IsEmpty; packed = packed[sizeof(ulong)..])
            Add(into, BinaryPrimitives.ReadUInt64LittleEndian(packed));
    }

    /// <summary>One or, packed, many numbers of a repeated field.</summary>
    public void Doubles(List<double> into)
    {
        if (_wire == WireType.Fixed64)
        {
            Add(into, Double());
            return;
        }

        var packed = Bytes();
        if (packed.Length % sizeof(double) != 0)
            throw Fault($"has {packed.Length} bytes of packed numbers, which have 8 each");

        for (; !packed.IsEmpty; packed = packed[sizeof(double)..])
            Add(into, BinaryPrimitives.ReadDoubleLittleEndian(packed));
    }

    /// <summary>One or, packed, many numbers of a repeated field.</summary>
    public void Varints(List<ulong> into)
    {
        if (_wire == WireType.Varint)
        {
            Add(into, ReadVarint());
            return;
        }

        var packed = new ProtobufReader(Bytes(), name);
        while (!packed._rest.IsEmpty)
            Add(into, packed.ReadVarint());
    }

    private readonly void Add<T>(List<T> into, T number)
    {
        if (into.Count == OtlpBounds.Buckets)
            throw Fault($"has more than {OtlpBounds.Buckets} buckets");

        into.Add(number);
    }

    private readonly void Expect(WireType wire)
    {
        if (_wire != wire)
            throw Fault($"has field {Field} in another form than OTLP's (wire type {(int)_wire})");
    }

    private ReadOnlySpan<byte> TakeBytes()
    {
        var length = ReadVarint();
        return length <= (ulong)_rest.Length ? Take((int)length) : throw Ended();
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
            throw Ended();

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var i = 0; i < LongestVarint; i++)
        {
            if (i == _rest.Length)
                throw Ended();

            // Of the tenth byte only one bit has a place; the others are lost, as in every protobuf library.
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        throw Fault($"has a number of more than {LongestVarint} bytes");
    }

    private readonly MalformedOtlpException Ended() => Fault("ends within a value");

    private readonly MalformedOtlpException Fault(string what) => new($"The body is no request of OTLP in protobuf: {name} {what}.");
}

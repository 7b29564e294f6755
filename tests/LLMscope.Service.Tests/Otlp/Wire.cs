using System.Buffers.Binary;
using System.Text;

namespace LLMscope.Service.Tests.Otlp;

/// <summary>Writes a protobuf message field by field, right or wrong.</summary>
internal sealed class Wire
{
    private readonly List<byte> _bytes = [];

    public Wire Varint(int field, ulong value) => Tag(field, 0).Number(value);

    public Wire ZigZag(int field, int value) => Varint(field, (uint)((value << 1) ^ (value >> 31)));

    public Wire Fixed64(int field, ulong value) => Tag(field, 1).Fixed(value);

    public Wire Double(int field, double value) => Fixed64(field, BitConverter.DoubleToUInt64Bits(value));

    public Wire Fixed32(int field, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Tag(field, 5).Raw(bytes);
    }

    public Wire Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    public Wire Bytes(int field, ReadOnlySpan<byte> bytes) => Tag(field, 2).Number((ulong)bytes.Length).Raw(bytes);

    public Wire Message(int field, Wire message) => Bytes(field, message.ToArray());

    public Wire PackedFixed64(int field, IEnumerable<ulong> values)
    {
        var packed = new Wire();
        foreach (var value in values)
            packed.Fixed(value);
        return Message(field, packed);
    }

    public Wire PackedVarint(int field, IEnumerable<ulong> values)
    {
        var packed = new Wire();
        foreach (var value in values)
            packed.Number(value);
        return Message(field, packed);
    }

    public Wire Tag(int field, int wireType) => Number((ulong)((field << 3) | wireType));

    public byte[] ToArray() => [.. _bytes];

    private Wire Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
        return this;
    }

    private Wire Fixed(ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return Raw(bytes);
    }

    private Wire Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }
}

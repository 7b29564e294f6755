namespace LLMscope.Service.Otlp;

/// <summary>Reads attributes and their values from protobuf.</summary>
internal static class ProtobufAttributes
{
    /// <summary>Reads a KeyValue{1 key, 2 value} and adds it, unless it has no name, is content or there is no room.</summary>
    /// <param name="room">How many attributes and values within them may still be kept.</param>
    public static void Add(List<KeyValuePair<string, OtlpValue>> into, ProtobufReader pair, ref int room, int depth = 0)
    {
        ReadOnlySpan<byte> key = default;
        ReadOnlySpan<byte> value = default;
        while (pair.Next())
        {
            if (pair.Field == 1)
                key = pair.Bytes();
            else if (pair.Field == 2)
                value = pair.Bytes();
            else
                pair.Skip();
        }

        if (room > 0 && !key.IsEmpty && !ContentAttributes.Include(key))
        {
            room--;
            into.Add(new(OtlpText.Of(key), ValueOf(new(value, "a value"), ref room, depth)));
        }
    }

    // AnyValue{1 string, 2 bool, 3 int64, 4 double, 5 array{1 values*}, 6 kvlist{1 values*}, 7 bytes}; the last one counts.
    private static OtlpValue ValueOf(ProtobufReader any, ref int room, int depth)
    {
        var value = default(OtlpValue);
        while (any.Next())
        {
            switch (any.Field)
            {
                case 1:
                    value = OtlpValue.Of(any.Text());
                    break;
                case 2:
                    value = OtlpValue.Of(any.Varint() != 0);
                    break;
                case 3:
                    value = OtlpValue.Of((long)any.Varint());
                    break;
                case 4:
                    value = OtlpValue.Of(any.Double());
                    break;
                case 5:
                    value = depth < OtlpBounds.Depth ? ItemsOf(any.Message("an array"), ref room, depth + 1) : SkipDeep(ref any);
                    break;
                case 6:
                    value = depth < OtlpBounds.Depth ? PairsOf(any.Message("a list of pairs"), ref room, depth + 1) : SkipDeep(ref any);
                    break;
                default:
                    any.Skip();
                    value = any.Field == 7 ? default : value;
                    break;
            }
        }

        return value;
    }

    private static OtlpValue SkipDeep(ref ProtobufReader any)
    {
        any.Skip();
        return default;
    }

    private static OtlpValue ItemsOf(ProtobufReader array, ref int room, int depth)
    {
        var items = new List<OtlpValue>();
        while (array.Next())
        {
            if (array.Field != 1 || room == 0)
            {
                array.Skip();
                continue;
            }

            room--;
            items.Add(ValueOf(array.Message("an element"), ref room, depth));
        }

        return OtlpValue.Of(items);
    }

    private static OtlpValue PairsOf(ProtobufReader list, ref int room, int depth)
    {
        var pairs = new List<KeyValuePair<string, OtlpValue>>();
        while (list.Next())
        {
            if (list.Field == 1)
                Add(pairs, list.Message("a pair"), ref room, depth);
            else
                list.Skip();
        }

        return OtlpValue.Of(new OtlpAttributes(pairs));
    }
}

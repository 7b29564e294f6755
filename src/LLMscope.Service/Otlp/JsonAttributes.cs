namespace LLMscope.Service.Otlp;

/// <summary>Reads attributes and their values from JSON.</summary>
internal static class JsonAttributes
{
    /// <summary>Reads a list of pairs; content and what finds no room is left out.</summary>
    public static OtlpAttributes Read(ref JsonReading json)
    {
        var room = OtlpBounds.Attributes;
        return Read(ref json, ref room, 0);
    }

    /// <param name="room">How many attributes and values within them may still be kept.</param>
    private static OtlpAttributes Read(ref JsonReading json, ref int room, int depth)
    {
        var pairs = new List<KeyValuePair<string, OtlpValue>>();
        if (json.TryEnterList())
        {
            while (json.NextItem())
                Add(pairs, ref json, ref room, depth);
        }

        return new OtlpAttributes(pairs);
    }

    private static void Add(List<KeyValuePair<string, OtlpValue>> into, ref JsonReading json, ref int room, int depth)
    {
        if (!json.TryEnterObject())
            return;

        ReadOnlySpan<byte> key = default;
        var value = json;
        var hasValue = false;
        while (json.NextField())
        {
            if (json.Is("key"u8))
            {
                key = json.Utf8();
                continue;
            }

            if (json.Is("value"u8))
            {
                value = json;
                hasValue = true;
            }

            json.Skip();
        }

        if (room == 0 || key.IsEmpty || ContentAttributes.Include(key))
            return;

        room--;
        into.Add(new(OtlpText.Of(key), hasValue ? ValueOf(ref value, ref room, depth) : default));
    }

    private static OtlpValue ValueOf(ref JsonReading json, ref int room, int depth)
    {
        var value = default(OtlpValue);
        if (!json.TryEnterObject())
            return value;

        while (json.NextField())
        {
            if (json.Is("stringValue"u8))
                value = json.IsNull() ? value : OtlpValue.Of(json.Text());
            else if (json.Is("boolValue"u8))
                value = json.IsNull() ? value : OtlpValue.Of(json.Flag());
            else if (json.Is("intValue"u8))
                value = json.IsNull() ? value : OtlpValue.Of(json.Whole());
            else if (json.Is("doubleValue"u8))
                value = json.IsNull() ? value : OtlpValue.Of(json.Number());
            else if (json.Is("arrayValue"u8) && depth < OtlpBounds.Depth)
                value = json.IsNull() ? value : ItemsOf(ref json, ref room, depth + 1);
            else if (json.Is("kvlistValue"u8) && depth < OtlpBounds.Depth)
                value = json.IsNull() ? value : PairsOf(ref json, ref room, depth + 1);
            else
                json.Skip();
        }

        return value;
    }

    private static OtlpValue ItemsOf(ref JsonReading json, ref int room, int depth)
    {
        var items = new List<OtlpValue>();
        json.EnterObject();
        while (json.NextField())
        {
            if (!json.Is("values"u8))
            {
                json.Skip();
                continue;
            }

            if (!json.TryEnterList())
                continue;

            while (json.NextItem())
            {
                if (room == 0)
                {
                    json.Skip();
                    continue;
                }

                room--;
                items.Add(ValueOf(ref json, ref room, depth));
            }
        }

        return OtlpValue.Of(items);
    }

    private static OtlpValue PairsOf(ref JsonReading json, ref int room, int depth)
    {
        var pairs = OtlpAttributes.Empty;
        json.EnterObject();
        while (json.NextField())
        {
            if (json.Is("values"u8))
                pairs = Read(ref json, ref room, depth);
            else
                json.Skip();
        }

        return OtlpValue.Of(pairs);
    }
}

namespace LLMscope.Service.Otlp;

/// <summary>
/// The outer levels of a request, which all signals share: {1 resources*{1 resource, 2 scopes*{1 scope, 2 items*}}}.
/// A resource is read before its items, wherever it stands.
/// </summary>
internal static class ProtobufEnvelope
{
    public delegate void ReadItem(ReadOnlySpan<byte> item, OtlpOrigin origin);

    public static void Read(ReadOnlySpan<byte> request, ReadItem readItem)
    {
        var reader = new ProtobufReader(request, "the request");
        while (reader.Next())
        {
            if (reader.Field == 1)
                ReadResource(reader.Bytes(), readItem);
            else
                reader.Skip();
        }
    }

    private static void ReadResource(ReadOnlySpan<byte> resource, ReadItem readItem)
    {
        const string Name = "a list of a resource";
        var attributes = AttributesOf(new(First(new(resource, Name)), "a resource"));
        var reader = new ProtobufReader(resource, Name);
        while (reader.Next())
        {
            if (reader.Field == 2)
                ReadScope(reader.Bytes(), attributes, readItem);
            else
                reader.Skip();
        }
    }

    private static void ReadScope(ReadOnlySpan<byte> scope, OtlpAttributes resource, ReadItem readItem)
    {
        const string Name = "a list of a scope";
        var origin = new OtlpOrigin(resource, OtlpText.Of(First(new(First(new(scope, Name)), "a scope"))));
        var reader = new ProtobufReader(scope, Name);
        while (reader.Next())
        {
            if (reader.Field == 2)
                readItem(reader.Bytes(), origin);
            else
                reader.Skip();
        }
    }

    private static OtlpAttributes AttributesOf(ProtobufReader resource)
    {
        var pairs = new List<KeyValuePair<string, OtlpValue>>();
        var room = OtlpBounds.Attributes;
        while (resource.Next())
        {
            if (resource.Field == 1)
                ProtobufAttributes.Add(pairs, resource.Message("an attribute"), ref room);
            else
                resource.Skip();
        }

        return new OtlpAttributes(pairs);
    }

    // The resource of its list, the scope of its list, the name of a scope: each is the first field 1.
    private static ReadOnlySpan<byte> First(ProtobufReader reader)
    {
        while (reader.Next())
        {
            if (reader.Field == 1)
                return reader.Bytes();

            reader.Skip();
        }

        return default;
    }
}

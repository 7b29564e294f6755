using System.Text;

namespace LLMscope.Service.Otlp;

/// <summary>
/// The outer levels of a request, which all signals share: resources with scopes with items. A resource is read before its items,
/// wherever it stands.
/// </summary>
internal sealed class JsonEnvelope
{
    private static readonly JsonEnvelope[] All =
    [
        new(OtlpSignal.Traces, "resourceSpans", "scopeSpans", "spans"),
        new(OtlpSignal.Metrics, "resourceMetrics", "scopeMetrics", "metrics"),
        new(OtlpSignal.Logs, "resourceLogs", "scopeLogs", "logRecords"),
    ];

    private readonly OtlpSignal _signal;
    private readonly byte[] _resources;
    private readonly byte[] _scopes;
    private readonly byte[] _items;

    private JsonEnvelope(OtlpSignal signal, string resources, string scopes, string items) =>
        (_signal, _resources, _scopes, _items) = (signal, Encoding.UTF8.GetBytes(resources), Encoding.UTF8.GetBytes(scopes), Encoding.UTF8.GetBytes(items));

    /// <summary>Reads one item, which the reader stands on, to its end.</summary>
    public delegate void ReadItem(ref JsonReading json, OtlpOrigin origin);

    public static void Read(ReadOnlySpan<byte> request, OtlpSignal signal, ReadItem readItem)
    {
        if (!request.ContainsAnyExcept(" \t\r\n"u8))
            return;

        var json = new JsonReading(request);
        var envelope = Array.Find(All, one => one._signal == signal)!;
        json.EnterObject();
        while (json.NextField())
        {
            if (json.Is(envelope._resources))
                envelope.ReadResources(ref json, readItem);
            else
                SkipUnlessForeign(ref json);
        }

        json.End();
    }

    private static void SkipUnlessForeign(ref JsonReading json)
    {
        foreach (var other in All)
        {
            if (json.Is(other._resources))
                throw json.Fault($"belongs to the address /v1/{other._signal.ToString().ToLowerInvariant()}");
        }

        json.Skip();
    }

    private void ReadResources(ref JsonReading json, ReadItem readItem)
    {
        if (!json.TryEnterList())
            return;

        while (json.NextItem())
        {
            var resource = ResourceAhead(json);
            if (!json.TryEnterObject())
                continue;

            while (json.NextField())
            {
                if (json.Is(_scopes))
                    ReadScopes(ref json, resource, readItem);
                else
                    json.Skip();
            }
        }
    }

    private void ReadScopes(ref JsonReading json, OtlpAttributes resource, ReadItem readItem)
    {
        if (!json.TryEnterList())
            return;

        while (json.NextItem())
        {
            var origin = new OtlpOrigin(resource, ScopeAhead(json));
            if (!json.TryEnterObject())
                continue;

            while (json.NextField())
            {
                if (json.Is(_items))
                    ReadItems(ref json, origin, readItem);
                else
                    json.Skip();
            }
        }
    }

    private static void ReadItems(ref JsonReading json, OtlpOrigin origin, ReadItem readItem)
    {
        if (!json.TryEnterList())
            return;

        while (json.NextItem())
            readItem(ref json, origin);
    }

    // A copy of the reader: it ends where the field is found, which is at the beginning as a rule.
    private static OtlpAttributes ResourceAhead(JsonReading json) =>
        TryFind(ref json, "resource"u8) && TryFind(ref json, "attributes"u8) ? JsonAttributes.Read(ref json) : OtlpAttributes.Empty;

    private static string ScopeAhead(JsonReading json) => TryFind(ref json, "scope"u8) && TryFind(ref json, "name"u8) ? json.Text() : "";

    private static bool TryFind(ref JsonReading json, ReadOnlySpan<byte> field)
    {
        if (!json.TryEnterObject())
            return false;

        while (json.NextField())
        {
            if (json.Is(field))
                return true;

            json.Skip();
        }

        return false;
    }
}

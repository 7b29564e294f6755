using LLMscope.Monitoring.Samples;
using LLMscope.Service.Otlp;

namespace LLMscope.Service.GenAi;

/// <summary>Whose call the attributes of a span or a data point tell of.</summary>
internal static class CallSource
{
    public static Source Of(AttributeReader read, OtlpOrigin origin, string operation)
    {
        var resource = new AttributeReader(origin.Resource);
        var served = read.Text(SpanFields.ServedModel) ?? "";
        var application = resource.Text(SpanFields.Application) ?? "";
        return new Source(
            Site: resource.Text(SpanFields.Site) ?? "",
            Provider: ProviderOf(read, origin),
            Model: read.Text(SpanFields.Model) ?? served, // the requested one, or what answered where only that is told
            ServedModel: served,
            Operation: operation,
            Application: application.StartsWith("unknown_service", StringComparison.Ordinal) ? "" : application); // what SDKs say for "not configured"
    }

    private static string ProviderOf(AttributeReader read, OtlpOrigin origin) =>
        read.Texts(SpanFields.Provider).Select(Providers.Named).FirstOrDefault(name => name is not null)
        ?? read.Texts(SpanFields.Host).Select(Providers.At).FirstOrDefault(name => name is not null)
        ?? (origin.Scope.StartsWith("vllm", StringComparison.Ordinal) ? "vllm" : "");
}

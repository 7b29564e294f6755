using System.Text.Json;
using System.Text.Json.Serialization;
using LLMscope.Monitoring.Violations;

namespace LLMscope.Monitoring.Alerts;

/// <summary>A notice as JSON, the same in the outbox and in the body of a webhook.</summary>
internal static class NoticeJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // A limit may be infinite, and that must not stop the monitor.
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write(ViolationNotice notice) => JsonSerializer.Serialize(notice, Options);

    public static ViolationNotice Read(string json) => JsonSerializer.Deserialize<ViolationNotice>(json, Options)!;
}

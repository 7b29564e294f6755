using System.Text.Json;
using System.Text.Json.Serialization;

namespace LLMscope.Service;

/// <summary>How JSON looks everywhere: camel case, words for enumerations, times in UTC, no number that is not one.</summary>
internal static class Json
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = JsonNamingPolicy.CamelCase;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }
}

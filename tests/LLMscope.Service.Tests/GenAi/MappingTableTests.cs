using LLMscope.Service.GenAi;

namespace LLMscope.Service.Tests.GenAi;

/// <summary>docs/genai-mapping.md says what the code does, line by line.</summary>
public class MappingTableTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "genai-mapping.md"));

    [Fact]
    public void The_attributes_of_every_field_are_up_to_date() =>
        Assert.Equal(SpanFields.All.Select(field => $"| {field.Field} | {Code(field.Names)} |"), RowsOf("Attributes"));

    [Fact]
    public void The_metrics_are_up_to_date() =>
        Assert.Equal(MetricMeaning.All.Select(meaning => $"| {Code(meaning.Names)} | {meaning.Unit.Symbol} | `{meaning.Characteristic}` |"), RowsOf("Metrics"));

    [Fact]
    public void The_operations_and_providers_are_up_to_date()
    {
        Assert.Equal(Grouped(Operations.Renamed), RowsOf("Operations"));
        Assert.Equal(Grouped(Providers.Renamed), RowsOf("Providers"));
    }

    [Fact]
    public void The_versions_of_the_tested_instrumentations_are_up_to_date()
    {
        var versions = Emitter.Versions();

        Assert.Equal(
            [
                $"| `@opentelemetry/instrumentation-openai` | {versions["@opentelemetry/instrumentation-openai"]} |",
                $"| `@traceloop/instrumentation-openai` | {versions["@traceloop/instrumentation-openai"]} |",
                $"| `@arizeai/openinference-instrumentation-openai` | {versions["@arizeai/openinference-instrumentation-openai"]} |",
                $"| `ai` (Vercel AI SDK) | {versions["ai-4"]}, {versions["ai-5"]}, {versions["ai-6"]} |",
            ],
            RowsOf("Tested with").Select(row => row[..(row.IndexOf('|', row.IndexOf('|', 1) + 1) + 1)]));
    }

    private static IEnumerable<string> Grouped(IEnumerable<KeyValuePair<string, string>> names) => names
        .GroupBy(one => one.Value, one => one.Key, StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => $"| `{group.Key}` | {Code(group.Order(StringComparer.Ordinal))} |");

    private static string Code(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));

    // Without the heads of the table.
    private static IEnumerable<string> RowsOf(string section) => Lines
        .SkipWhile(line => line != $"## {section}").Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => line.StartsWith('|')).Skip(2);
}

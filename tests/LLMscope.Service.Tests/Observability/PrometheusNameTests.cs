using LLMscope.Service.Observability;

namespace LLMscope.Service.Tests.Observability;

public class PrometheusNameTests
{
    [Theory]
    [InlineData("llmscope.samples.archived", "{sample}", "Counter", "llmscope_samples_archived", null)]
    [InlineData("llmscope.archive.commit.duration", "s", "Histogram", "llmscope_archive_commit_duration_seconds", "seconds")]
    [InlineData("dotnet.gc.heap.total_allocated", "By", "Counter", "dotnet_gc_heap_total_allocated_bytes", "bytes")]
    [InlineData("llmscope.inbox.fill", "1", "Gauge", "llmscope_inbox_fill_ratio", "ratio")]
    [InlineData("llmscope.tries", "1", "Counter", "llmscope_tries", null)]
    [InlineData("llmscope.speed", "{token}/s", "Gauge", "llmscope_speed_per_second", "per_second")]
    [InlineData("disk.rate", "By/s", "Gauge", "disk_rate_bytes_per_second", "bytes_per_second")]
    [InlineData("wait.seconds", "s", "Gauge", "wait_seconds", "seconds")]
    [InlineData("things.total", null, "Counter", "things", null)]
    [InlineData("9.lives", "", "Gauge", "_9_lives", null)]
    [InlineData("a..b--c", null, "Gauge", "a_b_c", null)]
    public void A_name_of_OpenTelemetry_becomes_one_of_Prometheus(string name, string? unit, string kind, string expected, string? suffix) =>
        Assert.Equal((expected, suffix), PrometheusName.Of(name, unit, Enum.Parse<MetricKind>(kind)));
}

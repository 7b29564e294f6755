using LLMscope.Service.Tests.Observability;

namespace LLMscope.Service.Tests.Deploy;

public class PrometheusFilesTests
{
    [Theory]
    [InlineData("check", "config", "prometheus/prometheus.yml")]
    [InlineData("test", "rules", "prometheus/rules/llmscope.rules.test.yml")]
    public async Task Promtool_finds_no_fault(string verb, string what, string file)
    {
        var (exitCode, output) = await PromTool.RunAsync([verb, what, DeployFolder.PathOf(file)], "", TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, output);
    }
}

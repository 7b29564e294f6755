using System.Text.Json;

namespace LLMscope.Service.Tests.Deploy;

public class GrafanaDashboardTests
{
    [Fact]
    public void Every_panel_and_query_asks_the_chosen_data_source()
    {
        using var dashboard = Read();
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();

        Assert.NotEmpty(panels);
        Assert.All(panels, panel => Assert.Equal("$ds", DataSourceOf(panel)));
        Assert.All(panels.SelectMany(panel => panel.GetProperty("targets").EnumerateArray()), target => Assert.Equal("$ds", DataSourceOf(target)));
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
    }

    [Fact]
    public void Provisioning_finds_a_stable_identity_and_asks_for_nothing()
    {
        using var dashboard = Read();

        Assert.Equal("llmscope-overview", dashboard.RootElement.GetProperty("uid").GetString());
        Assert.False(dashboard.RootElement.TryGetProperty("__inputs", out _));
        var first = dashboard.RootElement.GetProperty("templating").GetProperty("list")[0];
        Assert.Equal(("ds", "datasource"), (first.GetProperty("name").GetString(), first.GetProperty("type").GetString()));
    }

    private static JsonDocument Read() => JsonDocument.Parse(File.ReadAllText(DeployFolder.PathOf("grafana/dashboards/llmscope/overview.json")));

    private static string? DataSourceOf(JsonElement element) => element.GetProperty("datasource").GetProperty("uid").GetString();
}

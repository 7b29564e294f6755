using LLMscope.Dashboard.Violations;
using LLMscope.Monitoring.Samples;

namespace LLMscope.Dashboard.Tests.Violations;

public class MomentTelemetryTests
{
    private readonly TestBoard _board = new();

    [Fact]
    public void What_people_look_for_comes_first_host_by_host_and_the_rest_by_name()
    {
        foreach (var host in new[] { "b", "a" })
        {
            foreach (var quantity in new[] { "gpu_power", "disk_read", "gpu_utilization", "memory_utilization", "cpu_utilization" })
                _board.Add(new Source(Host: host), quantity, 1);
        }

        Assert.Equal(
            [
                "a cpu_utilization", "a memory_utilization", "a gpu_utilization", "b cpu_utilization", "b memory_utilization", "b gpu_utilization",
                "a disk_read", "a gpu_power", "b disk_read", "b gpu_power",
            ],
            Chosen(new Source(Model: "m")));
        Assert.Equal(["b cpu_utilization", "b memory_utilization", "b gpu_utilization", "b disk_read", "b gpu_power"], Chosen(new Source(Model: "m", Host: "b")));
    }

    [Fact]
    public void Of_more_series_than_a_page_shows_those_of_the_own_site_stay()
    {
        for (var host = 0; host < 100; host++)
            _board.Add(new Source(Site: host % 2 == 0 ? "north" : "south", Host: $"{host:00}"), host < 50 ? "network_send" : "cpu_utilization", 1);

        var chosen = Chosen(new Source(Model: "m", Site: "south")).ToArray();

        Assert.Equal(40, chosen.Length);
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"{51 + (2 * i)} cpu_utilization"), chosen[..25]);
        Assert.Equal(Enumerable.Range(0, 15).Select(i => $"{1 + (2 * i):00} network_send"), chosen[25..]);
    }

    private IEnumerable<string> Chosen(Source source) =>
        MomentTelemetry.Chosen(_board.Board.Summaries, source).Select(chart => $"{chart.Series.Source.Host} {chart.Series.Characteristic.Name}");
}

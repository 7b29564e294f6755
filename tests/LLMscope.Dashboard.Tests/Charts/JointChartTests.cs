using LLMscope.Dashboard.Charts;
using LLMscope.Dashboard.Violations;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc.Judging;

namespace LLMscope.Dashboard.Tests.Charts;

public class JointChartTests
{
    private static readonly string[] Names = [Characteristic.Duration, "quality_score"];

    [Fact]
    public async Task The_facts_tell_the_mean_of_each_characteristic_on_its_own_scale_and_the_one_limit()
    {
        var (chart, _) = Judged();

        var facts = await Screen.ShowAsync<ChartFacts>(new() { ["Chart"] = chart, ["Violations"] = Array.Empty<Violation>(), ["Baselines"] = Array.Empty<Baseline>() });

        Assert.Contains("several characteristics together (Hotelling's T2 chart)", facts);
        Assert.Contains("T2 up to 2", facts);
        Assert.Matches(@"mean 1\.\d+ s, standard deviation ×1\.\d+", facts);
        Assert.Matches(@"mean 80\.\d %, standard deviation \d", facts);
        Assert.DoesNotContain("own scale", facts);
    }

    [Fact]
    public void A_chart_without_a_baseline_has_points_and_no_values()
    {
        var (chart, points) = Judged(minutes: 20);

        Assert.Equal((20, 20), (chart.Collected, points.Count));
        Assert.Empty(chart.Recent);
        Assert.Equal("–", Quantity.Text(chart.Last!.Value, chart.Unit.Symbol));
        Assert.Contains("\"number\":1", PointJson.Of(points, null, []));
        Assert.DoesNotContain("\"value\"", PointJson.Of(points, null, []));
        Assert.EndsWith("20 points; no signals.", ChartSentence.Of(chart, new TimeWindow(TestBoard.Start, TestBoard.Start.AddHours(1), "1h"), new PointWindow(points, 20)));
    }

    [Fact]
    public async Task The_table_says_what_each_characteristic_has_to_do_with_a_point()
    {
        var (_, points) = Judged();

        var table = await Screen.ShowAsync<PointTable>(new() { ["Points"] = points.TakeLast(2), ["Unit"] = "{T2}", ["Kind"] = ChartKind.HotellingT2, ["Together"] = Names });

        Assert.Contains("Characteristics</th>", table);
        Assert.Contains("quality score -", table);
    }

    private static (ChartSummary Chart, List<ChartPoint> Points) Judged(int minutes = 102)
    {
        var source = new Source(Model: "gpt-4o");
        Series[] members = [.. Names.Select((name, i) => new Series(i + 1, 1, source, Characteristic.Find(name)!))];
        var characteristic = Characteristic.Joint(string.Join('+', Names));
        var plan = ChartPlan.For(characteristic);
        var chart = new LiveChart(3, new Series(3, 1, source, characteristic), plan with
        {
            Choices = plan.Choices with { Joint = new JointChoice(Names, JointFit.UsualLambda, TestBoard.Start) },
        });
        var intake = chart.Intake = new JointIntake(chart, members);
        var (board, turn, random, sequence) = (new ChartBoard(), new MonitorTurn(), new Random(3), 0L);
        board.Add(chart);
        for (var minute = 0; minute <= minutes; minute++)
        {
            var time = TestBoard.Start.AddMinutes(minute);
            intake.Add(new ArchivedSample(++sequence, new Sample(members[0], time, Math.Exp(0.2 * random.NextDouble())), 0), turn, new ChartLedger(TimeProvider.System));
            intake.Add(new ArchivedSample(++sequence, new Sample(members[1], time, minute < 101 ? 0.8 + (0.01 * random.NextDouble()) : 0.5), 0), turn, new ChartLedger(TimeProvider.System));
        }

        board.Show(chart);
        return (board.Find(3)!, [.. turn.Points.Select(plotted => plotted.Point)]);
    }
}

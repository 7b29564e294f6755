using LLMscope.Spc.Attributes;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;
using LLMscope.Spc.Tests.Rules;

namespace LLMscope.Spc.Tests.Judging;

public class SeriesJudgeTests
{
    [Fact]
    public void A_series_is_judged_as_its_points_one_by_one()
    {
        foreach (var vector in RuleVector.All)
        {
            var chart = FittedChart.Given(vector.Centre, vector.Sigma);
            var judge = new SeriesJudge(chart.LinesFor, Detection.Classic, vector.Missing);

            var judged = judge.Judge(
                new PlottedSeries(vector.Values, []) { Resets = vector.Resets }, withLines: false, withCourse: false, TestContext.Current.CancellationToken);

            var violated = new RuleSet[vector.Values.Length];
            foreach (var signal in judged.Signals)
                violated[signal.Index] |= signal.Rule;
            Assert.Equal(vector.Violated, violated);
        }
    }

    [Fact]
    public void Rules_run_on_across_points_of_different_size()
    {
        // Nine proportions above the centre, of sizes that take turns.
        ProportionSubgroup[] learned = [.. Enumerable.Repeat(new ProportionSubgroup(100, 10), 30)];
        var chart = CountFit.OfProportions(SeriesKind.P, learned, printed: true, out _)!;
        var judge = new SeriesJudge(chart.LinesFor, Detection.Classic, MissingPolicy.Skip);
        ProportionSubgroup[] points = [.. Enumerable.Range(0, 9).Select(i => new ProportionSubgroup(i % 2 == 0 ? 100 : 50, i % 2 == 0 ? 12 : 6))];

        var judged = judge.Judge(PlottedSeries.OfProportions(points), withLines: true, withCourse: false, TestContext.Current.CancellationToken);

        Assert.Equal(new SeriesSignal(8, RuleSet.R2, Direction.Up, 0), Assert.Single(judged.Signals));
        Assert.Equal(0.1 + (3 * 0.03), judged.Lines!.Upper[0], precision: 12);
        Assert.Equal(0.1 + (3 * 0.03 * Math.Sqrt(2)), judged.Lines.Upper[1], precision: 12);
    }

    [Fact]
    public void A_cancelled_judgement_ends()
    {
        var judge = new SeriesJudge(FittedChart.Given(0, 1).LinesFor, Detection.Classic, MissingPolicy.Skip);

        Assert.Throws<OperationCanceledException>(() => judge.Judge(new PlottedSeries(new double[10], []), false, false, new CancellationToken(canceled: true)));
    }
}

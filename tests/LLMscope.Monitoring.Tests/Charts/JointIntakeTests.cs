using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Spc.Judging;

namespace LLMscope.Monitoring.Tests.Charts;

public class JointIntakeTests
{
    private static readonly DateTime Begin = new(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Source _source = new(Model: "gpt-4o");
    private readonly Series _duration;
    private readonly Series _quality;
    private readonly LiveChart _chart;
    private readonly JointIntake _intake;
    private readonly MonitorTurn _turn = new();
    private readonly ChartLedger _ledger = new(TimeProvider.System);
    private long _sequence;

    public JointIntakeTests()
    {
        _duration = new Series(1, 1, _source, Characteristic.Find(Characteristic.Duration)!);
        _quality = new Series(2, 1, _source, Characteristic.Find("quality_score")!);
        var characteristic = Characteristic.Joint("duration+quality_score");
        var plan = ChartPlan.For(characteristic, ChartKind.HotellingT2);
        _chart = new LiveChart(3, new Series(3, 1, _source, characteristic), plan with
        {
            Choices = plan.Choices with { Joint = new JointChoice(["duration", "quality_score"], JointFit.UsualLambda, Begin) },
        });
        _intake = _chart.Intake = new JointIntake(_chart, [_duration, _quality]);
    }

    private IEnumerable<JointVector> Vectors => _turn.Points.Select(plotted => plotted.Point.Joint!);

    [Fact]
    public void Means_are_taken_on_the_scale_of_each_characteristic()
    {
        Send(_duration, 5, 1);
        Send(_duration, 15, Math.Exp(2));
        Send(_quality, 20, 0.8);
        Send(_quality, 30, 0.9);
        Send(_duration, 61, 1);
        Assert.Empty(_turn.Points);
        Send(_quality, 62, 1);

        Assert.Equal([1, 0.85], Assert.Single(Vectors).Values.Select(value => Math.Round(value, 12)));
        var point = _turn.Points[0].Point;
        Assert.Equal((double.NaN, PointPhase.Baseline, Begin.AddMinutes(1), 2), (point.Value, point.Phase, point.Time, point.Count));
    }

    [Fact]
    public void What_comes_for_an_interval_that_is_closed_or_from_before_the_chart_is_left_out()
    {
        Send(_duration, -5, 9);
        Send(_quality, -5, 0.1);
        SendBoth(10);
        SendBoth(70);
        Send(_quality, 11, 0.1);
        SendBoth(130);

        Assert.Equal(2, _turn.Points.Count);
        Assert.All(Vectors, vector => Assert.Equal(0.5, vector.Values[1]));
    }

    [Fact]
    public void A_late_member_is_waited_for_up_to_sixteen_intervals()
    {
        for (var minute = 0; minute < 16; minute++)
            Send(_duration, (60 * minute) + 5, 1);
        Send(_quality, 6, 0.5);
        Assert.Empty(_turn.Points);

        // One more makes the first a point though the other has not gone beyond it. Then the other does, without a sample for those between.
        Send(_duration, (60 * 16) + 5, 1);
        Assert.Single(_turn.Points);
        Send(_quality, (60 * 16) + 6, 0.5);
        SendBoth((60 * 17) + 5);

        Assert.Equal([1.0, 17.0], _turn.Points.Select(plotted => (plotted.Point.Time - Begin).TotalMinutes));
    }

    [Fact]
    public void Where_nothing_more_comes_an_interval_is_a_point_and_one_that_lacks_a_member_is_dropped_later()
    {
        SendBoth(5);
        Send(_duration, 65, 1);
        var over = Begin.AddMinutes(3);
        _intake.CloseIdle(over, Grace, _turn, _ledger);
        Assert.Empty(_turn.Points);

        _intake.CloseIdle(over + Grace, Grace, _turn, _ledger);
        Assert.Single(_turn.Points);
        Assert.NotNull(_intake.OpenSince);

        _intake.CloseIdle(over.AddMinutes(2), Grace, _turn, _ledger);
        _intake.CloseIdle(over.AddMinutes(4), Grace, _turn, _ledger);
        Assert.Single(_turn.Points);
        Assert.Null(_intake.OpenSince);
    }

    [Fact]
    public void What_is_held_makes_no_point_before_something_new_comes()
    {
        foreach (var at in new[] { 5, 65, 125 })
        {
            _intake.Hold(Next(_duration, at, 1));
            _intake.Hold(Next(_quality, at, 0.5));
        }

        Assert.Empty(_turn.Points);
        Assert.Equal(0, _intake.OpenSince);
        SendBoth(130);
        Assert.Equal(2, _turn.Points.Count);
    }

    [Fact]
    public void A_sample_that_is_kept_out_of_charts_is_kept_out_of_vectors()
    {
        SendBoth(5);
        _intake.Add(Next(_duration, 6, 900, Standing.ColdStart), _turn, _ledger);
        SendBoth(65);

        Assert.Equal([0, 0.5], Assert.Single(Vectors).Values);
    }

    private void SendBoth(double seconds)
    {
        Send(_duration, seconds, 1);
        Send(_quality, seconds, 0.5);
    }

    private void Send(Series series, double seconds, double value) => _intake.Add(Next(series, seconds, value), _turn, _ledger);

    private ArchivedSample Next(Series series, double seconds, double value, Standing standing = Standing.Judged) =>
        new(++_sequence, new Sample(series, Begin.AddSeconds(seconds), value, standing), 0);
}

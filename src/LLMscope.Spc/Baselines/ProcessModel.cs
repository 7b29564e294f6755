using LLMscope.Spc.Individuals;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Scoring;

namespace LLMscope.Spc.Baselines;

/// <summary>
/// What a baseline says of a process while it is in control: the scale, what the circumstances and the last points let expect, and the curve that takes what
/// is left, the residual, to a standard normal score. Frozen: judging changes nothing in it.
/// </summary>
public sealed record ProcessModel
{
    public required Transform Transform { get; init; }

    /// <summary>
    /// From the transformed scale to normal scores, where values depend on those before them: a forecast of scores is as good on skewed and mixed values as on
    /// normal ones. Null where nothing is forecast, or where circumstances are taken away first.
    /// </summary>
    public ScoreCurve? Scores { get; init; }

    /// <summary>Null where nothing beside the values themselves lets expect anything.</summary>
    public required Adjustment? Adjustment { get; init; }

    public required Forecast Forecast { get; init; }

    /// <summary>From residuals, on the transformed scale, to scores.</summary>
    public required ScoreCurve Curve { get; init; }

    /// <summary>The values that limits must lie between, where values are rounded visibly and nothing is foretold; otherwise null.</summary>
    public ValueGrid? Grid { get; init; }

    /// <summary>The centre line of such a chart, in data units, between two representable values.</summary>
    public double GridCentre { get; init; } = double.NaN;

    /// <summary>
    /// The standard deviation of means of many scores, as a multiple of that of independent ones; at least 1. What dependence the forecast leaves
    /// adds up in a cumulative sum, so that one counts scores divided by it.
    /// </summary>
    public double LongRunScale { get; init; } = 1;

    /// <summary>
    /// How far each score moves, in the end, when all values shift by one of their own standard deviations: 1 where nothing is forecast, 0 where a moving
    /// average follows the shift.
    /// </summary>
    public double ShiftSeen { get; init; } = 1;

    /// <summary>The forecast levels of an average that the baseline saw, with half their range of values on either side; null for other forecasts.</summary>
    public LevelRange? Levels { get; init; }

    /// <summary>How a straight curve took centre and sigma; other curves need neither.</summary>
    public BaselineEstimator Estimator { get; init; }

    /// <summary>
    /// Residuals beyond are a signal of R1 whatever the budget: three times as far from the centre as any of the baseline, and at least eight standard
    /// deviations. How seldom chance alone gets there no baseline can say, but nobody would want to miss it. Null where the curve is straight.
    /// </summary>
    public LevelRange? FarOut { get; init; }

    /// <summary>Residuals that the curve is estimated from.</summary>
    public required int Count { get; init; }

    /// <summary>Whether limits are the same lines for every point.</summary>
    public bool HasConstantLimits => Adjustment is null && Forecast is NoForecast;

    /// <summary>The line at a signed score, as a residual.</summary>
    public double Line(double k)
    {
        if (Grid is null)
            return Curve.Value(k);

        var line = k == 0 ? GridCentre : Grid.Between(Transform.Invert(Curve.Value(k)), Math.Sign(k));
        line = k < 0 ? Math.Min(line, GridCentre) : Math.Max(line, GridCentre);

        // Below the smallest value that a logarithm takes there is nothing, and no line is crossed.
        return Transform.Apply(Transform == Transform.Log ? Math.Max(line, 0) : line);
    }

    /// <summary>A value in data units on the scale of forecasts and residuals: the transformed scale, or that of <see cref="Scores"/>.</summary>
    public double Scaled(double value)
    {
        var transformed = Transform.Apply(value);
        return Scores is null ? transformed : Scores.Score(transformed);
    }

    /// <summary>Where a value on the scale of forecasts goes when it moves so far on the transformed scale.</summary>
    public double Moved(double scaled, double shift) => Scores is null ? scaled + shift : Scores.Score(Scores.Value(scaled) + shift);

    /// <summary>What the circumstances and the forecast let expect, on the transformed scale; not a number where the point does not tell enough.</summary>
    public double Expect(in ForecastMemory memory, in PointContext context)
        => Forecast.Expect(memory) + (Adjustment?.Of(context) ?? 0);

    /// <summary>The centre line as the baseline left it, in data units, where a forecast may since have followed the process: of the point's own circumstances.</summary>
    public double UsualAt(in PointContext context) => Draw(Curve.Value(0), Forecast.Usual + (Adjustment?.Of(context) ?? 0));

    /// <summary>A residual drawn at a point, in data units.</summary>
    /// <param name="expected">See <see cref="Expect"/>.</param>
    public double Draw(double residual, double expected)
        => Transform.Invert(Scores is null ? expected + residual : Scores.Value(expected + residual));

    /// <summary>The classic chart: values around a centre line, on their own scale or the logarithm.</summary>
    /// <param name="centre">On the transformed scale.</param>
    public static ProcessModel Classic(Transform transform, double centre, double sigma, int count) => new()
    {
        Transform = transform,
        Adjustment = null,
        Forecast = NoForecast.Instance,
        Curve = ScoreCurve.Straight(centre, sigma),
        Count = count,
    };
}

/// <summary>A range on the transformed scale.</summary>
public sealed record LevelRange(double Lower, double Upper);

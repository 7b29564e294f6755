using LLMscope.Spc.Individuals;
using LLMscope.Spc.Prediction;
using LLMscope.Spc.Scoring;

namespace LLMscope.Spc.Baselines;

/// <summary>Makes the frozen model of the residuals of a baseline.</summary>
internal static class CurveFitting
{
    /// <summary>A step beyond this share of sigma is seen by the rules, so that limits must lie between the values that can occur.</summary>
    private const double VisibleStep = 0.05;

    public static ProcessModel Fit(BaselineStudy study, double[] residuals, PhaseOneOptions options)
    {
        residuals = OfNewPoints(residuals, study.Forecast.Parameters);
        var asksForScores = options.Transform is TransformChoice.Auto or TransformChoice.Scores;
        var scores = asksForScores && residuals.Length >= NormalScores.FewestValues;
        if (asksForScores && !scores)
            study.Because($"{residuals.Length} values are too few for normal scores (at least {NormalScores.FewestValues}); the limits assume a normal distribution.");

        var classic = options is { Transform: TransformChoice.None or TransformChoice.Log, Estimator: BaselineEstimator.MovingRange } && study.Forecast is NoForecast;
        var values = study.KeptValues;
        var step = study.Adjustment is null && study.Forecast is NoForecast
            ? study.Grid.StepOn(study.Transform, study.Transform.Invert(RobustScale.Median(residuals)))
            : 0;
        var sigma = Math.Max(
            classic ? RobustScale.MeanMovingRange(residuals) : BaselineStudy.Spread(residuals), Math.Max(options.SigmaFloor, step / Math.Sqrt(12)));
        var curve = scores ? Widen(NormalScores.Estimate(residuals), options.SigmaFloor)
            : ScoreCurve.Straight(classic ? residuals.Average() : RobustScale.Median(residuals), sigma);
        if (scores)
            study.Because($"The limits are quantiles of {residuals.Length} values themselves, with Pareto tails, on the {(study.Transform == Transform.Log ? "logarithm" : "values' own scale")}.");

        var rounded = !classic && step > VisibleStep * sigma;
        study.Warnings |= SampleShape.Warn(study.Diagnostics, residuals.Length, step / sigma)
            & (scores ? BaselineWarnings.Rounded | BaselineWarnings.TooCoarse : ~BaselineWarnings.None)
            & (study.Forecast is NoForecast ? ~BaselineWarnings.None : ~BaselineWarnings.Autocorrelated);
        if (rounded)
            study.Because($"The values are rounded to {study.Grid.Step:G4}, so each limit lies half way between two of them.");

        return new ProcessModel
        {
            Transform = study.Transform,
            Scores = study.Scores,
            Adjustment = study.Adjustment,
            Forecast = study.Forecast,
            Curve = curve,
            Grid = rounded ? study.Grid : null,
            GridCentre = rounded ? study.Grid.Centre(study.Transform.Invert(curve.Value(0)), values) : double.NaN,
            ShiftSeen = study.Forecast is NoForecast ? 1 : study.Forecast.Retained * study.SpreadBeforeForecast / BaselineStudy.Spread(residuals),
            LongRunScale = classic ? 1 : LongRun.Scale(Array.ConvertAll(residuals, curve.Score)),
            FarOut = scores ? Baselines.FarOut.Of(curve, residuals) : null,
            Levels = study.Forecast is EwmaForecast ? RangeOf(study.Levels(burnIn: 10), study.Scores) : null,
            Estimator = classic ? BaselineEstimator.MovingRange : BaselineEstimator.Robust,
            Count = residuals.Length,
        };
    }

    // A forecast fits the values that it was fitted to better than later ones: Akaike's final prediction error (Annals of the Institute of
    // Statistical Mathematics 21, 1969, 243-247).
    private static double[] OfNewPoints(double[] residuals, int parameters)
    {
        if (parameters == 0)
            return residuals;

        var centre = RobustScale.Median(residuals);
        var wider = Math.Sqrt((double)(residuals.Length + parameters) / (residuals.Length - parameters));
        return Array.ConvertAll(residuals, residual => centre + (wider * (residual - centre)));
    }

    // The margin is one of values: scores lie close together where a baseline has no values.
    private static LevelRange RangeOf(double[] levels, ScoreCurve? scores)
    {
        var (least, greatest) = (levels.Min(), levels.Max());
        if (scores is not null)
            (least, greatest) = (scores.Value(least), scores.Value(greatest));
        var margin = (greatest - least) / 2;
        return scores is null ? new LevelRange(least - margin, greatest + margin)
            : new LevelRange(scores.Score(least - margin), scores.Score(greatest + margin));
    }

    /// <summary>Stretches the curve around its centre where the values vary less than is believed.</summary>
    private static ScoreCurve Widen(ScoreCurve curve, double sigmaFloor)
    {
        var sigma = (curve.Value(1) - curve.Value(-1)) / 2;
        if (sigma >= sigmaFloor)
            return curve;

        var centre = curve.Value(0);
        return new ScoreCurve([.. curve.Values.Select(value => centre + ((value - centre) * sigmaFloor / sigma))], curve.Scores);
    }
}

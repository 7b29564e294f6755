using System.Text.Json.Serialization;
using LLMscope.Monitoring.Charts;
using LLMscope.Spc;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Prediction;

namespace LLMscope.Service.Charts;

/// <param name="Centre">On the transformed scale.</param>
/// <param name="Sigma">On the transformed scale.</param>
/// <param name="Confirmed">Whether it has as many points as good limits need; otherwise its limits are provisional.</param>
/// <param name="Hash">SHA-256 of the stored model; empty where counts alone judge.</param>
/// <param name="Zones">L3, L2, L1, CL, U1, U2, U3 in the unit of the series; null where they vary by point.</param>
public sealed record BaselineResponse(
    int Id, int Version, DateTime FrozenAt, string FrozenBy, string Reason, DateTime From, DateTime To, long FirstNumber, long LastNumber,
    Transform Transform, int Count, long Units, double Centre, double Sigma, IReadOnlyList<double>? Zones,
    double MovingRangeCentre, double MovingRangeUpper, double MaxGapSeconds, IReadOnlyList<ExcludedPoint> Excluded, IReadOnlyList<string> Remarks,
    bool Confirmed, string Hash, ModelResponse? Model)
{
    /// <summary>The frozen mean and covariance of a joint chart; left out on any other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JointModel? Joint { get; init; }

    /// <param name="unit">The base unit of the series.</param>
    public static BaselineResponse Of(Baseline baseline, string unit) => new(
        baseline.Id, baseline.Version, baseline.FrozenAt, baseline.FrozenBy, baseline.Reason, baseline.From, baseline.To,
        baseline.FirstNumber, baseline.LastNumber, baseline.Estimate.Transform, baseline.Estimate.Count, baseline.Estimate.Units, baseline.Estimate.Centre, baseline.Estimate.Sigma,
        baseline.Estimate.Zones is { } z ? [z.Lower3, z.Lower2, z.Lower1, z.Centre, z.Upper1, z.Upper2, z.Upper3] : null,
        baseline.Estimate.MovingRangeCentre, baseline.Estimate.MovingRangeUpper, baseline.MaxGap.TotalSeconds, baseline.Estimate.Excluded, baseline.Estimate.Remarks,
        baseline.Confirmed, baseline.Hash, baseline.Estimate.Model is { } model ? ModelResponse.Of(model, unit) : null)
    {
        Joint = baseline.Estimate.Joint,
    };
}

/// <summary>A frozen model in short.</summary>
/// <param name="Scale">How what is left becomes a score, in words.</param>
/// <param name="Predictor">What a point is expected by, in words with numbers.</param>
/// <param name="Adjustment">The circumstances that let expect it: tokens, time of day; null without.</param>
/// <param name="Forecast">The forecast by the points before: an average or an autoregression; null without.</param>
/// <param name="Limits"><c>constant</c>, or <c>perPoint</c> where every point has its own.</param>
/// <param name="LongRunScale">What cumulative sums divide scores by, for the dependence that is left.</param>
public sealed record ModelResponse(
    Transform Transform, string Scale, string Predictor, object? Adjustment, object? Forecast, string Limits, int Count, double LongRunScale)
{
    public static ModelResponse Of(ProcessModel model, string unit) => new(
        model.Transform,
        ModelText.Scale(model),
        ModelText.Predictor(model, unit),
        model.Adjustment switch
        {
            TokenRegression tokens => new TokensResponse("tokens", tokens.Fixed, tokens.PerInputToken, tokens.PerCachedToken, tokens.PerOutputToken),
            TimeOfDay day => new TimeOfDayResponse("timeOfDay", day.Offsets),
            _ => null,
        },
        model.Forecast switch
        {
            EwmaForecast average => new AverageResponse("ewma", average.Lambda, average.Level),
            Autoregression lags => new LagsResponse("ar", lags.Mean, lags.Coefficients),
            _ => null,
        },
        model.HasConstantLimits ? "constant" : "perPoint",
        model.Count,
        model.LongRunScale);

    private sealed record TokensResponse(string Kind, double Fixed, double PerInputToken, double PerCachedToken, double PerOutputToken);

    private sealed record TimeOfDayResponse(string Kind, IReadOnlyList<double> HalfHours);

    private sealed record AverageResponse(string Kind, double Weight, double Level);

    private sealed record LagsResponse(string Kind, double Mean, IReadOnlyList<double> Coefficients);
}

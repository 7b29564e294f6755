using LLMscope.Spc;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Judging;

namespace LLMscope.Service.Judging;

/// <summary>Where the limits of a request come from.</summary>
internal abstract record LimitsChoice(JsonPlace Place);

/// <summary>A centre line and a standard deviation that were given.</summary>
internal sealed record GivenSigma(JsonPlace Place, double Centre, double Sigma) : LimitsChoice(Place);

/// <summary>Seven lines that were given.</summary>
internal sealed record GivenZones(JsonPlace Place, ZoneLimits Zones) : LimitsChoice(Place);

/// <summary>Points that were good, and how to make limits of them.</summary>
/// <param name="Kind">Null to choose.</param>
internal sealed record BaselineChoice(
    JsonPlace Place, Observations Baseline, JsonPlace? KindPlace, SeriesKind? Kind, JsonPlace? TransformPlace, TransformChoice Transform,
    JsonPlace? PredictorPlace, PredictorChoice Predictor, JsonPlace? Covariates) : LimitsChoice(Place);

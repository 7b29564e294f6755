using System.Text.Json.Serialization;

namespace LLMscope.Spc.Prediction;

/// <summary>What the circumstances of a point, its tokens or the time of day, let expect of it before anything is judged. Frozen with its baseline.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(TokenRegression), "tokens")]
[JsonDerivedType(typeof(TimeOfDay), "time-of-day")]
public abstract record Adjustment
{
    /// <summary>The expected value on the scale of the chart; not a number where the point does not tell what it takes.</summary>
    public abstract double Of(in PointContext context);
}

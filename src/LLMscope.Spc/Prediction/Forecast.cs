using System.Text.Json.Serialization;

namespace LLMscope.Spc.Prediction;

/// <summary>
/// What the points so far say about the next one, on the scale of the chart. Frozen with its baseline; what changes from point to point is
/// in a <see cref="ForecastMemory"/>.
/// </summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(NoForecast), "none")]
[JsonDerivedType(typeof(EwmaForecast), "ewma")]
[JsonDerivedType(typeof(Autoregression), "ar")]
public abstract record Forecast
{
    /// <summary>The memory at the end of the baseline.</summary>
    [JsonIgnore]
    public abstract ForecastMemory Start { get; }

    /// <summary>How much of a lasting shift of the process is left in its residuals once the forecast has learnt of it: 1 all of it, 0 nothing.</summary>
    [JsonIgnore]
    public abstract double Retained { get; }

    /// <summary>The level of the baseline, whatever came after it: that of a lasting shift is measured from here.</summary>
    [JsonIgnore]
    public abstract double Usual { get; }

    /// <summary>How many numbers were fitted to the values of the baseline.</summary>
    [JsonIgnore]
    public abstract int Parameters { get; }

    /// <summary>The forecast of the next value.</summary>
    public abstract double Expect(in ForecastMemory memory);

    /// <summary>Takes the value that came. One that lies far from its forecast moves later forecasts only as far as a probable one would.</summary>
    public abstract void Learn(ref ForecastMemory memory, double value, double expected);
}

/// <summary>Points are independent: nothing is foretold, and the residual is the value itself.</summary>
public sealed record NoForecast : Forecast
{
    public static NoForecast Instance { get; } = new();

    [JsonIgnore]
    public override ForecastMemory Start => default;

    [JsonIgnore]
    public override double Retained => 1;

    [JsonIgnore]
    public override double Usual => 0;

    [JsonIgnore]
    public override int Parameters => 0;

    public override double Expect(in ForecastMemory memory) => 0;

    public override void Learn(ref ForecastMemory memory, double value, double expected)
    {
    }
}

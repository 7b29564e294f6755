using System.Runtime.CompilerServices;

namespace LLMscope.Spc.Prediction;

/// <summary>What a forecast remembers of one chart: the level of an average in the first place, or the last values, newest first.</summary>
[InlineArray(Autoregression.MostLags)]
public struct ForecastMemory
{
    private double _newest;
}

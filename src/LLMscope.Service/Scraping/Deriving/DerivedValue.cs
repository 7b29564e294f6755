using LLMscope.Monitoring.Samples;

namespace LLMscope.Service.Scraping.Deriving;

/// <summary>What a rule makes of one scrape for one source.</summary>
/// <param name="Value">In the base unit of the characteristic.</param>
/// <param name="Count">How many observations it stands for.</param>
internal readonly record struct DerivedValue(Source Source, double Value, int Count = 1)
{
    /// <summary>A number of observations as samples count them: whole, at least one.</summary>
    public static int CountOf(double observations) => (int)Math.Clamp(Math.Round(observations), 1, int.MaxValue);
}

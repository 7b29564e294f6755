namespace LLMscope.Spc.Tests.Individuals;

/// <summary>Independent normal values, the same for the same seed.</summary>
internal static class NormalSample
{
    public static double[] Of(int count, int seed, double mean = 0, double sigma = 1)
    {
        var random = new Random(seed);
        var values = new double[count];
        for (var i = 0; i < count; i++)
            values[i] = mean + (sigma * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return values;
    }
}

namespace LLMscope.Spc.RunLengths;

/// <summary>Points that fill a unit cube evenly, the same ones every time: each coordinate steps by a power of one irrational number.</summary>
/// <remarks>
/// Roberts, The Unreasonable Effectiveness of Quasirandom Sequences, 2018: the number is the root of x^(d + 1) = x + 1, in one dimension the golden ratio.
/// </remarks>
internal static class EvenPoints
{
    public static IEnumerable<double[]> InUnitCube(int dimensions, int count)
    {
        var root = 2.0;
        for (var i = 0; i < 60; i++)
            root = Math.Pow(1 + root, 1.0 / (dimensions + 1));

        for (var number = 1; number <= count; number++)
        {
            var point = new double[dimensions];
            for (var d = 0; d < dimensions; d++)
            {
                var coordinate = 0.5 + (number * Math.Pow(root, -(d + 1)));
                point[d] = coordinate - Math.Floor(coordinate);
            }

            yield return point;
        }
    }
}

namespace LLMscope.Benchmarks.Calibration;

/// <summary>What happens to a process: a step of its scores means the same on every distribution.</summary>
/// <param name="Apply">From the score, the number of points since the change began, and a uniform number.</param>
internal sealed record Change(string Name, Func<double, int, double, double> Apply)
{
    public static IReadOnlyList<Change> All { get; } =
    [
        new("0.5 sd", (score, _, _) => score + 0.5),
        new("1 sd", (score, _, _) => score + 1),
        new("2 sd", (score, _, _) => score + 2),
        new("3 sd", (score, _, _) => score + 3),
        new("ramp of 0.02 sd a point", (score, point, _) => score + (0.02 * point)),
        new("variance doubled", (score, _, _) => score * Math.Sqrt(2)),
        new("5 % of points + 3 sd", (score, _, uniform) => uniform < 0.05 ? score + 3 : score),
    ];
}

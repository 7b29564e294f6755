using System.Runtime.CompilerServices;

namespace LLMscope.Spc.Rules;

/// <summary>
/// The numbers in Nelson's rules; the defaults are those that he printed. K is a width in standard deviations,
/// N a number of points, and the digit is the rule. R5 is always two of three and R6 four of five.
/// </summary>
/// <exception cref="ArgumentOutOfRangeException">A width is not positive or a length is none.</exception>
public sealed record RuleParameters
{
    /// <summary>The most points that a rule may look back over. Beyond it a rule of in-control points signals less than once in 1e10.</summary>
    public const int MostPoints = 64;

    public static RuleParameters Default { get; } = new();

    public double K1 { get; init => field = Positive(value); } = 3;

    public int N2 { get; init => field = Length(value, 2); } = 9;

    /// <summary>Points, so one step fewer.</summary>
    public int N3 { get; init => field = Length(value, 2); } = 6;

    /// <summary>Points, so one step fewer.</summary>
    public int N4 { get; init => field = Length(value, 3); } = 14;

    public double K5 { get; init => field = Positive(value); } = 2;

    public double K6 { get; init => field = Positive(value); } = 1;

    public double K7 { get; init => field = Positive(value); } = 1;

    public int N7 { get; init => field = Length(value, 2); } = 15;

    public double K8 { get; init => field = Positive(value); } = 1;

    public int N8 { get; init => field = Length(value, 2); } = 8;

    /// <summary>
    /// How many of a segment's last points rebuild the run memory: fed to fresh rules, they give the same signals ever after.
    /// </summary>
    public int LongestWindow => Math.Max(5, Math.Max(Math.Max(N2, N3), Math.Max(N4, Math.Max(N7, N8))));

    /// <summary>The points that a single rule looks at, the judged one included.</summary>
    public int Window(RuleSet rule) => rule switch
    {
        RuleSet.R1 => 1,
        RuleSet.R2 => N2,
        RuleSet.R3 => N3,
        RuleSet.R4 => N4,
        RuleSet.R5 => 3,
        RuleSet.R6 => 5,
        RuleSet.R7 => N7,
        RuleSet.R8 => N8,
        _ => throw new ArgumentException($"{rule} is not a single rule of Nelson's.", nameof(rule)),
    };

    /// <summary>How far the lines of a single rule are from the centre line; zero for R2, whose line it is, and for R3 and R4, which have none.</summary>
    public double Width(RuleSet rule) => rule switch
    {
        RuleSet.R1 => K1,
        RuleSet.R2 or RuleSet.R3 or RuleSet.R4 => 0,
        RuleSet.R5 => K5,
        RuleSet.R6 => K6,
        RuleSet.R7 => K7,
        RuleSet.R8 => K8,
        _ => throw new ArgumentException($"{rule} is not a single rule of Nelson's.", nameof(rule)),
    };

    private static double Positive(double k, [CallerMemberName] string name = "")
        => k > 0 && double.IsFinite(k) ? k : throw new ArgumentOutOfRangeException(name, k, "A width is a positive number of standard deviations.");

    private static int Length(int n, int least, [CallerMemberName] string name = "")
        => n >= least && n <= MostPoints ? n : throw new ArgumentOutOfRangeException(name, n, $"A rule looks at {least} to {MostPoints} points.");
}

namespace LLMscope.Spc.Rules;

/// <summary>What each rule is called and what it means, in the words of the textbooks and with the numbers in force.</summary>
public static class RuleText
{
    /// <summary>The short name, for example <c>R2</c> or <c>CUSUM</c>.</summary>
    public static string Name(RuleSet rule) => rule switch
    {
        RuleSet.Cusum => "CUSUM",
        RuleSet.Ewma => "EWMA",
        RuleSet.Level => "Level",
        _ => $"R{rule.Number()}",
    };

    /// <summary>The rule of a short name, in whatever case; null where there is none.</summary>
    public static RuleSet? Find(string? name) =>
        RuleSets.Every.Each().Cast<RuleSet?>().FirstOrDefault(rule => Name(rule!.Value).Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What the rule looks for, as a title.</summary>
    public static string Title(RuleSet rule, RuleParameters? parameters = null)
    {
        var p = parameters ?? RuleParameters.Default;
        return rule switch
        {
            RuleSet.R1 => $"1 point beyond {Sigmas(p.K1)}",
            RuleSet.R2 => $"{p.N2} points on one side of the centre line",
            RuleSet.R3 => $"{p.N3} points steadily rising or falling",
            RuleSet.R4 => $"{p.N4} points alternating up and down",
            RuleSet.R5 => $"2 of 3 points beyond {Sigmas(p.K5)} on one side",
            RuleSet.R6 => $"4 of 5 points beyond {Sigmas(p.K6)} on one side",
            RuleSet.R7 => $"{p.N7} points within {Sigmas(p.K7)} of the centre line",
            RuleSet.R8 => $"{p.N8} points on both sides, none within {Sigmas(p.K8)}",
            RuleSet.Cusum => "Cumulative sum beyond its limit",
            RuleSet.Ewma => "Moving average beyond its limits",
            RuleSet.Level => "Forecast level outside the baseline's range for long",
            _ => throw new ArgumentException($"{rule} is not a single rule.", nameof(rule)),
        };
    }

    /// <summary>One sentence on what a violation suggests about the process.</summary>
    public static string Meaning(RuleSet rule) => rule switch
    {
        RuleSet.R1 => "A single value lies so far out that chance is an unlikely cause: a large shift or an isolated fault.",
        RuleSet.R2 => "The level of the process has moved and stays moved.",
        RuleSet.R3 => "The process drifts in one direction: wear, a filling queue or growing load.",
        RuleSet.R4 => "Two causes take turns, such as two servers, two caches or an overcorrecting control loop.",
        RuleSet.R5 => "The process has shifted by a medium amount, seen before a point crosses the control limit.",
        RuleSet.R6 => "The process has shifted by a small amount and stays there.",
        RuleSet.R7 => "There is less variation than the limits allow for: the limits are too wide, values are mixed within points, or the signal is frozen.",
        RuleSet.R8 => "The values come from two different levels: a mixture of processes with nothing in between.",
        RuleSet.Cusum => "Small deviations to one side have added up: the level has shifted, and the sum says since when.",
        RuleSet.Ewma => "The average of the recent points has left its limits: the level has shifted by a small amount and stays there.",
        RuleSet.Level => "The level has settled where the baseline hardly ever was: a lasting change that a forecast of the next point no longer shows.",
        _ => throw new ArgumentException($"{rule} is not a single rule.", nameof(rule)),
    };

    /// <summary>What the rule looks for on a chart of several characteristics, whose one limit is that of T2.</summary>
    public static string JointTitle(RuleSet rule) => rule == RuleSet.Ewma ? "T2 of the moving averages beyond its limit" : "T2 beyond its limit";

    /// <summary>One sentence on what its signal suggests there.</summary>
    public static string JointMeaning(RuleSet rule) => rule == RuleSet.Ewma
        ? "The recent points together have moved away from the baseline by a small amount and stay there."
        : "The characteristics together lie farther from their baseline than chance lets them: one has moved, or they no longer go with each other.";

    private static string Sigmas(double k) => k == 1 ? "1 sigma" : $"{k:0.##} sigma";
}

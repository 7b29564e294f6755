namespace LLMscope.Spc.Rules;

/// <summary>
/// The lines in data units that each rule compares with: the zone limits, looked up at the widths of the rule parameters.
/// </summary>
public readonly record struct RuleLimits(
    double Centre,
    double Lower1, double Upper1,
    double Lower5, double Upper5,
    double Lower6, double Upper6,
    double Lower7, double Upper7,
    double Lower8, double Upper8)
{
    /// <summary>Takes the lines from a chart's zone limits.</summary>
    /// <exception cref="ArgumentException">
    /// A width is not one, two or three: such lines are not among the seven, so the limits must come from a function.
    /// </exception>
    public static RuleLimits From(ZoneLimits limits, RuleParameters parameters)
        => From(k => Whole(k) is { } whole
            ? limits.Line(whole)
            : throw new ArgumentException($"A chart has no zone line at {k} standard deviations.", nameof(parameters)), parameters);

    /// <param name="line">The line at a signed number of standard deviations, in data units; it must not decrease.</param>
    /// <exception cref="ArgumentException">The lines are not numbers in ascending order.</exception>
    public static RuleLimits From(Func<double, double> line, RuleParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(parameters);
        var lines = new RuleLimits(
            line(0),
            line(-parameters.K1), line(parameters.K1),
            line(-parameters.K5), line(parameters.K5),
            line(-parameters.K6), line(parameters.K6),
            line(-parameters.K7), line(parameters.K7),
            line(-parameters.K8), line(parameters.K8));
        return lines.Enclose()
            ? lines
            : throw new ArgumentException("The lines of a chart must be numbers, the lower ones not above the centre line and the upper ones not below it.", nameof(line));
    }

    private bool Enclose()
        => Lower1 <= Centre && Centre <= Upper1 && Lower5 <= Centre && Centre <= Upper5 && Lower6 <= Centre && Centre <= Upper6
        && Lower7 <= Centre && Centre <= Upper7 && Lower8 <= Centre && Centre <= Upper8;

    private static int? Whole(double k) => k is -3 or -2 or -1 or 0 or 1 or 2 or 3 ? (int)k : null;
}

namespace LLMscope.Spc;

/// <summary>
/// The seven zone lines of a control chart in data units: the centre line and the lines at one, two and three
/// standard deviations on either side, or the quantiles that stand for them. Lines 3 are the control limits.
/// </summary>
public readonly record struct ZoneLimits(
    double Lower3, double Lower2, double Lower1, double Centre, double Upper1, double Upper2, double Upper3)
{
    /// <summary>True where all lines are numbers and none lies below the one before it.</summary>
    public bool AreOrdered
        => Lower3 <= Lower2 && Lower2 <= Lower1 && Lower1 <= Centre
        && Centre <= Upper1 && Upper1 <= Upper2 && Upper2 <= Upper3;

    public static ZoneLimits Symmetric(double centre, double sigma)
        => From(Transform.None, centre, sigma);

    /// <summary>Lines that are symmetric on the transformed scale, drawn back into data units.</summary>
    /// <param name="centre">The centre line on the transformed scale.</param>
    /// <param name="sigma">The standard deviation on the transformed scale.</param>
    public static ZoneLimits From(Transform transform, double centre, double sigma)
        => From(k => transform.Invert(centre + (k * sigma)));

    /// <param name="line">The line at a signed number of standard deviations, in data units.</param>
    public static ZoneLimits From(Func<double, double> line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new(line(-3), line(-2), line(-1), line(0), line(1), line(2), line(3));
    }

    /// <param name="k">A whole, signed number of standard deviations from -3 to 3.</param>
    public double Line(int k) => k switch
    {
        -3 => Lower3,
        -2 => Lower2,
        -1 => Lower1,
        0 => Centre,
        1 => Upper1,
        2 => Upper2,
        3 => Upper3,
        _ => throw new ArgumentOutOfRangeException(nameof(k), k, "A chart has zone lines from -3 to 3."),
    };
}

namespace LLMscope.Spc;

/// <summary>Takes values to the scale of a transform and back.</summary>
public static class TransformScale
{
    /// <summary>
    /// The value on the transformed scale. The logarithm of zero is minus infinity and of a negative
    /// value not a number, as in <see cref="Math.Log(double)"/>; see <see cref="Accepts"/>.
    /// </summary>
    public static double Apply(this Transform transform, double value)
        => transform == Transform.Log ? Math.Log(value) : value;

    /// <summary>The value in data units.</summary>
    public static double Invert(this Transform transform, double transformed)
        => transform == Transform.Log ? Math.Exp(transformed) : transformed;

    /// <summary>Whether the transform has a finite answer for this value.</summary>
    public static bool Accepts(this Transform transform, double value)
        => double.IsFinite(value) && (transform != Transform.Log || value > 0);
}

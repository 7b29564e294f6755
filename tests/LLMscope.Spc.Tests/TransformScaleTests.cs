namespace LLMscope.Spc.Tests;

public class TransformScaleTests
{
    [Theory]
    [InlineData(Transform.None)]
    [InlineData(Transform.Log)]
    public void A_value_comes_back_from_its_scale(Transform transform)
        => Assert.Equal(0.25, transform.Invert(transform.Apply(0.25)), precision: 15);

    [Fact]
    public void The_logarithm_accepts_positive_finite_values_only()
    {
        double[] values = [-1, 0, 1e-300, 1, double.PositiveInfinity, double.NaN];

        Assert.Equal([false, false, true, true, false, false], values.Select(value => Transform.Log.Accepts(value)));
        Assert.Equal([true, true, true, true, false, false], values.Select(value => Transform.None.Accepts(value)));
    }
}

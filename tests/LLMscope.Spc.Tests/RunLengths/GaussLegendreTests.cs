using LLMscope.Spc.RunLengths;

namespace LLMscope.Spc.Tests.RunLengths;

public class GaussLegendreTests
{
    [Fact]
    public void Polynomials_up_to_the_order_are_integrated_exactly_to_every_node()
    {
        var rule = new GaussLegendre(8);

        // The integral of 1 up to a node is the node itself.
        var nodes = Enumerable.Range(0, 8).Select(i => Enumerable.Range(0, 8).Sum(j => rule.UpToColumns[(j * 8) + i])).ToArray();
        for (var power = 0; power < 8; power++)
        {
            Assert.Equal(1.0 / (power + 1), Enumerable.Range(0, 8).Sum(j => rule.Weights[j] * Math.Pow(nodes[j], power)), precision: 14);
            for (var i = 0; i < 8; i++)
                Assert.Equal(Math.Pow(nodes[i], power + 1) / (power + 1), Enumerable.Range(0, 8).Sum(j => rule.UpToColumns[(j * 8) + i] * Math.Pow(nodes[j], power)), precision: 13);
        }
    }

    [Fact]
    public void One_node_splits_the_interval_in_halves()
    {
        var rule = new GaussLegendre(1);

        Assert.Equal(1, rule.Weights[0], precision: 15);
        Assert.Equal(0.5, rule.UpToColumns[0], precision: 15);
    }
}

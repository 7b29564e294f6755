using LLMscope.Spc.Baselines;
using LLMscope.Spc.Tests.Individuals;

namespace LLMscope.Spc.Tests.Baselines;

public class IncidentsTests
{
    [Fact]
    public void Several_far_out_values_in_a_row_are_an_incident()
    {
        var values = NormalSample.Of(500, seed: 1);
        foreach (var index in (ReadOnlySpan<int>)[200, 201, 203, 204])
            values[index] = 12;

        Assert.Equal([200, 201, 202, 203, 204], Incidents.Find(values));
    }

    [Fact]
    public void A_far_out_value_alone_is_none()
    {
        var values = NormalSample.Of(500, seed: 2);
        (values[100], values[300]) = (15, -15);

        Assert.Empty(Incidents.Find(values));
    }

    [Fact]
    public void Values_on_both_sides_are_not_one_incident()
    {
        var values = NormalSample.Of(500, seed: 3);
        (values[100], values[101], values[102]) = (15, -15, 15);

        Assert.Empty(Incidents.Find(values));
    }

    [Fact]
    public void Where_far_out_values_are_common_clusters_of_them_are_chance()
    {
        var values = NormalSample.Of(1_000, seed: 4);
        var random = new Random(5);
        for (var index = 0; index < values.Length; index++)
        {
            if (random.NextDouble() < 0.06)
                values[index] = 9 + random.NextDouble();
        }

        Assert.Empty(Incidents.Find(values));
    }

    [Fact]
    public void Missing_values_are_never_part_of_an_incident()
    {
        var values = NormalSample.Of(500, seed: 6);
        (values[50], values[51], values[52], values[53]) = (12, double.NaN, 12, 12);

        Assert.Equal([50, 52, 53], Incidents.Find(values));
    }
}

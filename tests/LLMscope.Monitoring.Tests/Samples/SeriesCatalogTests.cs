using LLMscope.Monitoring.Samples;
using Microsoft.Extensions.Options;

namespace LLMscope.Monitoring.Tests.Samples;

public class SeriesCatalogTests
{
    private readonly SeriesCatalog _catalog = new(Options.Create(new CatalogOptions { LargestNumberOfSeries = 100 }));

    [Fact]
    public void The_same_source_and_characteristic_are_the_same_series()
    {
        var one = Add("gpt-4o", Characteristic.Duration);

        Assert.Same(one, Add("gpt-4o", Characteristic.Duration));
        Assert.NotSame(one, Add("gpt-4o", Characteristic.Cost));
        Assert.Equal(one!.SourceId, Add("gpt-4o", Characteristic.Cost)!.SourceId);
        Assert.Same(one, _catalog.Find(SeriesKey.Of(one.Source, Characteristic.Duration)));
    }

    [Fact]
    public void It_never_grows_beyond_its_limit_however_many_ask_at_once()
    {
        Parallel.For(0, 5_000, i => Add($"model-{i % 500}", Characteristic.Duration));

        Assert.Equal((100, 100), (_catalog.Count, _catalog.All.Select(series => series.Id).Distinct().Count()));
    }

    [Fact]
    public void What_was_restored_keeps_its_numbers_and_new_ones_go_on_after_them()
    {
        _catalog.Restore(41, 17, new Source(Model: "old"), Characteristic.Find(Characteristic.Duration)!);

        Assert.Equal(41, Add("old", Characteristic.Duration)!.Id);
        Assert.Equal((42, 17), (Add("old", Characteristic.Cost)!.Id, Add("old", Characteristic.Cost)!.SourceId));
        Assert.Equal((43, 18), (Add("new", Characteristic.Cost)!.Id, Add("new", Characteristic.Cost)!.SourceId));
    }

    private Series? Add(string model, string characteristic) =>
        _catalog.TryGetOrAdd(new Source(Model: model), Characteristic.Find(characteristic)!, out var series) ? series : null;
}

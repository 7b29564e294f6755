using LLMscope.Service.Scraping;

namespace LLMscope.Service.Tests.Scraping;

/// <summary>What counters, histograms and gauges tell from one scrape to the next, in the cases that go wrong.</summary>
public class ScrapeIntervalTests
{
    private static readonly TargetPlan Plan = Fixture.Plan(
        "generic",
        new MetricOptions { Metric = "c", Kind = MetricKind.Rate, Characteristic = "rate", Unit = "{request}/s" },
        new MetricOptions { Metric = "h", Kind = MetricKind.Mean, Characteristic = "mean", Unit = "s" },
        new MetricOptions { Metric = "h", Kind = MetricKind.Quantile, Quantile = 0.5, Characteristic = "p50", Unit = "s" },
        new MetricOptions { Metric = "bad", Per = "all", Kind = MetricKind.EventShare, Characteristic = "error_share" },
        new MetricOptions { Metric = "g", Kind = MetricKind.Gauge, Characteristic = "gauge" });

    [Fact]
    public void A_counter_that_went_back_was_restarted_and_counts_from_zero() =>
        Assert.Equal(["rate 2 []"], Derived("c_total 1000", "c_total 30"));

    [Fact]
    public void A_histogram_that_went_back_counts_from_zero_in_all_its_parts()
    {
        // Its sum is above the old one, so only its count shows that the process is another one.
        var derived = Derived(
            "h_bucket{le=\"1\"} 10\nh_bucket{le=\"+Inf\"} 10\nh_sum 1\nh_count 10",
            "h_bucket{le=\"1\"} 4\nh_bucket{le=\"+Inf\"} 4\nh_sum 2\nh_count 4");

        Assert.Equal(["mean 0.5 of 4 []", "p50 0.5 of 4 []"], derived);
    }

    [Fact]
    public void Nothing_observed_is_no_value_rather_than_zero() => Assert.Empty(Derived(
        "h_bucket{le=\"1\"} 10\nh_bucket{le=\"+Inf\"} 10\nh_sum 1\nh_count 10\nall 5\nbad 1",
        "h_bucket{le=\"1\"} 10\nh_bucket{le=\"+Inf\"} 10\nh_sum 1\nh_count 10\nall 5\nbad 1"));

    [Fact]
    public void A_counter_that_stands_still_has_a_rate_of_zero() => Assert.Equal(["rate 0 []"], Derived("c_total 7", "c_total 7"));

    [Fact]
    public void A_time_series_that_was_not_there_before_tells_nothing_yet() =>
        Assert.Equal(["rate 1 []"], Derived("c_total{x=\"a\"} 10", "c_total{x=\"a\"} 25\nc_total{x=\"b\"} 1000000"));

    [Fact]
    public void A_counter_that_vanished_leaves_a_gap() => Assert.Empty(Derived("c_total 10", "other 1"));

    [Theory]
    [InlineData("all 10\nbad 2", "all 20\nbad 4", "error_share 0.2 of 10 []")]
    [InlineData("all 10", "all 20", "error_share 0 of 10 []")]
    [InlineData("all 10", "all 20\nbad{why=\"x\"} 3", "error_share 0.3 of 10 []")]
    [InlineData("all 10\nbad 2", "all 11\nbad 9", "error_share 1 []")]
    [InlineData("all 100\nbad 2", "all 4\nbad 1", "error_share 0.25 of 4 []")]
    public void Failures_are_a_share_of_the_calls_between_two_scrapes(string before, string now, string expected) =>
        Assert.Equal([expected], Derived(before, now));

    [Theory]
    [InlineData("NaN")]
    [InlineData("+Inf")]
    [InlineData("-Inf")]
    public void What_is_no_finite_number_is_left_out(string value)
    {
        Assert.Empty(Derived($"c_total 1\ng {value}", $"c_total {value}\ng {value}"));
        Assert.Equal(["gauge 1 []"], Derived("g 1", $"g{{x=\"a\"}} {value}\ng{{x=\"b\"}} 1"));
    }

    [Fact]
    public void A_histogram_without_the_bucket_that_holds_all_yields_no_quantile() =>
        Assert.Equal(["mean 0.1 of 10 []"], Derived("h_bucket{le=\"1\"} 10\nh_sum 1\nh_count 10", "h_bucket{le=\"1\"} 20\nh_sum 2\nh_count 20"));

    [Fact]
    public void A_quantile_beyond_the_highest_bound_is_at_it() => Assert.Contains(
        "p50 1 of 10 []",
        Derived("h_bucket{le=\"1\"} 0\nh_bucket{le=\"+Inf\"} 0", "h_bucket{le=\"1\"} 0\nh_bucket{le=\"+Inf\"} 10"));

    [Fact]
    public void A_sample_whose_own_time_is_long_past_is_no_longer_current()
    {
        var now = new DateTimeOffset(Fixture.Time + Fixture.Interval).ToUnixTimeMilliseconds();

        Assert.Equal(["gauge 1 []"], Derived(null, $"g 1 {now - 60_000}"));
        Assert.Empty(Derived(null, $"g 1 {now - 600_000}"));
    }

    [Fact]
    public void Time_series_beyond_the_limit_are_left_out_and_counted()
    {
        var page = Fixture.Read(Plan, "g{x=\"1\"} 1\ng{x=\"2\"} 1\ng{x=\"3\"} 1\nnot_wanted 1\ng{x=\"1\"} 5", mostSeries: 2);

        Assert.Equal((2, 1), (page.Count, page.Capped));
    }

    [Fact]
    public void Only_the_labels_that_are_allowed_tell_sources_apart()
    {
        var options = new TargetOptions
        {
            Address = "http://gpu-1:8000",
            Preset = "generic",
            Labels = ["model"],
            Source = { ["Site"] = "Berlin" },
            SourceFrom = { ["Model"] = "model", ["Device"] = "replica" },
            Metrics = { new MetricOptions { Metric = "g", Kind = MetricKind.Gauge, Characteristic = "gauge" } },
        };
        const string Page = "g{model=\"a\",replica=\"1\"} 1\ng{model=\"a\",replica=\"2\"} 2\ng{model=\"b {x}\\n\",replica=\"1\"} 4";

        Assert.Equal(["gauge 3 [a]", "gauge 4 [b (x) ]"], Fixture.Derived(TargetPlan.Of(options), null, Page));
        var source = Fixture.Read(TargetPlan.Of(options), Page).Find(new("g")).First().Source;
        Assert.Equal(("Berlin", "gpu-1:8000"), (source.Site, source.Host));
    }

    [Fact]
    public void A_label_is_cut_to_what_may_be_stored_and_never_within_a_character()
    {
        var plan = TargetPlan.Of(new TargetOptions
        {
            Address = "http://gpu-1:8000",
            Preset = "generic",
            SourceFrom = { ["Model"] = "m" },
            Metrics = { new MetricOptions { Metric = "g", Kind = MetricKind.Gauge, Characteristic = "gauge" } },
        });

        var source = Fixture.Read(plan, $"g{{m=\"{new string('a', 199)}\U0001F600\"}} 1").Find(new("g")).First().Source;

        Assert.Equal(new string('a', 199), source.Model);
    }

    private static List<string> Derived(string? before, string now) => Fixture.Derived(Plan, before, now);
}

using System.Globalization;
using LLMscope.Service.Scraping;
using LLMscope.Service.Scraping.Presets;
using Microsoft.Extensions.Configuration;

namespace LLMscope.Service.Tests.Scraping;

public class TargetCheckTests
{
    public static TheoryData<string> Presets => [.. PresetBook.All.Where(preset => preset.Rules.Count > 0).Select(preset => preset.Name)];

    [Theory]
    [MemberData(nameof(Presets))]
    public void An_address_and_a_preset_suffice(string preset) => Assert.Empty(Faults(("Address", "http://localhost:8000/metrics"), ("Preset", preset)));

    [Theory]
    [InlineData("http://localhost:8000", "http://localhost:8000/metrics")]
    [InlineData("http://localhost:8000/", "http://localhost:8000/metrics")]
    [InlineData("https://gpu-1/prometheus", "https://gpu-1/prometheus")]
    [InlineData("http://localhost:8080/metrics?model=llama", "http://localhost:8080/metrics?model=llama")]
    [InlineData("http://[::1]:9400", "http://[::1]:9400/metrics")]
    public void An_address_without_a_path_gets_one(string text, string address) => Assert.Equal(new Uri(address), TargetPlan.AddressOf(text));

    [Theory]
    [InlineData("Address", "localhost:8000", "Address must be an http or https address")]
    [InlineData("Address", "ftp://localhost", "Address must be an http or https address")]
    [InlineData("Address", "http://ada:secret@localhost", "Address must not contain a user or a password")]
    [InlineData("Preset", "vlm", "Preset 'vlm' is not known; the presets are vllm, tgi, llama.cpp, sglang, ollama, litellm, dcgm, node, nvidia_smi, generic")]
    [InlineData("Preset", "generic", "Metrics must list what is charted")]
    [InlineData("Interval", "00:00:00.5", "Interval must lie between 00:00:01 and 01:00:00")]
    [InlineData("Timeout", "00:00:20", "Timeout must be above 0 and not longer than the interval")]
    [InlineData("Username", "ada", "PasswordFile or Password must be given")]
    [InlineData("Password", "x", "Username must be given")]
    [InlineData("Name", "", "Name must have between 1 and 100 characters")]
    [InlineData("Source:Colour", "red", "Source:Colour is no part of a source; the parts are Site, Provider, Model")]
    [InlineData("Source:2", "red", "Source:2 is no part of a source")]
    [InlineData("SourceFrom:Model", "{x}", "SourceFrom:Model must be the name of a label")]
    [InlineData("IgnoredLabels:0", "engin", "IgnoredLabels:0 'engin' tells no source apart; the labels that do are model_name, engine.")]
    [InlineData("CaFile", "", "CaFile must be the path of a file", "https://localhost:8000")]
    [InlineData("CaFile", "/nowhere/ca.pem", "CaFile cannot be read: Could not find", "https://localhost:8000")]
    [InlineData("CaFile", "/etc/os-release", "CaFile '/etc/os-release' holds no certificate in PEM.", "https://localhost:8000")]
    public void What_is_wrong_is_named_with_its_key(string key, string value, string problem, string address = "http://localhost:8000")
    {
        (string Key, string Value)[] right = [("Address", address), ("Preset", "vllm")];

        var fault = Assert.Single(Faults([.. right.Where(setting => setting.Key != key), (key, value)]));

        Assert.StartsWith($"LLMscope:Scraping:Targets:0:{problem}", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_with_a_metric_is_named_at_once()
    {
        var faults = Faults(
            ("Address", "http://localhost:8000"), ("Preset", "generic"),
            ("Metrics:0:Metric", "a"), ("Metrics:0:Kind", "Gauge"), ("Metrics:0:Characteristic", "Not A Name"),
            ("Metrics:1:Metric", "a"), ("Metrics:1:Kind", "Quotient"), ("Metrics:1:Characteristic", "x"), ("Metrics:1:Unit", "parsec"),
            ("Metrics:2:Metric", "a"), ("Metrics:2:Kind", "Gauge"), ("Metrics:2:Characteristic", "error"),
            ("Metrics:3:Kind", "Quantile"), ("Metrics:3:Characteristic", "y"), ("Metrics:3:Quantile", "95"));

        Assert.Equal(
            ["Metrics:0:Characteristic", "Metrics:1:Unit", "Metrics:1:Per", "Metrics:2:Characteristic", "Metrics:3:Metric", "Metrics:3:Quantile"],
            faults.Select(fault => fault["LLMscope:Scraping:Targets:0:".Length..].Split(' ')[0]));
    }

    [Fact]
    public void An_ignored_label_that_a_part_of_the_source_is_told_by_is_refused() => Assert.Equal(
        "LLMscope:Scraping:Targets:0:IgnoredLabels:0 'gpu' is what SourceFrom:Device is told by.",
        Assert.Single(Faults(("Address", "http://localhost:8000"), ("Preset", "vllm"), ("SourceFrom:Device", "gpu"), ("IgnoredLabels:0", "gpu"))));

    [Fact]
    public void Authorities_without_TLS_are_refused() => Assert.Equal(
        ["LLMscope:Scraping:Targets:0:CaFile is of use with an https address only.", "LLMscope:Scraping:Targets:0:CaFile must be the path of a file."],
        Faults(("Address", "http://localhost:8000"), ("Preset", "vllm"), ("CaFile", "")));

    [Fact]
    public void Two_targets_of_one_name_are_refused()
    {
        var options = new ScrapingOptions
        {
            Targets = [new() { Address = "http://a:1/x", Preset = "vllm" }, new() { Address = "http://a:1/y", Preset = "vllm" }],
        };

        Assert.Contains("several targets that are called 'a:1'", Assert.Single(new TargetCheck().Validate(null, options).Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_can_be_named_by_environment_variables()
    {
        // As the variables LLMscope__Scraping__Targets__0__Address and so on arrive.
        var options = Bound(
            ("Address", "http://localhost:8000"), ("Preset", "dcgm"), ("Interval", "00:00:30"), ("BearerTokenFile", "/run/secrets/token"),
            ("Labels:0", "gpu"), ("Source:Site", "Berlin"));

        var target = Assert.Single(options.Targets);
        Assert.Equal(("dcgm", TimeSpan.FromSeconds(30), "/run/secrets/token", "Berlin"), (target.Preset, target.Interval, target.BearerTokenFile, target.Source["Site"]));
        Assert.Equal(["gpu"], target.Labels);
        Assert.Equal(TimeSpan.FromSeconds(10), TargetPlan.Of(target).Timeout);
    }

    [Fact]
    public void Targets_are_spread_over_their_interval_and_stay_at_their_place()
    {
        var offsets = Enumerable.Range(0, 200).Select(i => Scraper.OffsetOf(Named($"gpu-{i.ToString(CultureInfo.InvariantCulture)}:8000"))).ToArray();

        Assert.All(offsets, offset => Assert.InRange(offset, TimeSpan.Zero, TimeSpan.FromSeconds(15)));
        Assert.All(Enumerable.Range(0, 3), third => Assert.InRange(offsets.Count(offset => (int)(offset.TotalSeconds / 5) == third), 40, 100));
        Assert.Equal(Scraper.OffsetOf(Named("gpu-1:8000")), Scraper.OffsetOf(Named("gpu-1:8000")));
    }

    private static TargetPlan Named(string authority) => TargetPlan.Of(new TargetOptions { Address = $"http://{authority}", Preset = "vllm" });

    private static string[] Faults(params (string Key, string Value)[] target) => [.. new TargetCheck().Validate(null, Bound(target)).Failures ?? []];

    private static ScrapingOptions Bound(params (string Key, string Value)[] target)
    {
        var settings = target.Select(setting => new KeyValuePair<string, string?>($"{ScrapingOptions.Section}:Targets:0:{setting.Key}", setting.Value));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return configuration.GetSection(ScrapingOptions.Section).Get<ScrapingOptions>(binder => binder.ErrorOnUnknownConfiguration = true)!;
    }
}

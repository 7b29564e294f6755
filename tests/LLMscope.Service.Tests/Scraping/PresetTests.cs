using LLMscope.Service.Scraping;
using LLMscope.Service.Scraping.Deriving;
using LLMscope.Service.Scraping.Presets;

namespace LLMscope.Service.Tests.Scraping;

public class PresetTests
{
    private const string Llama = "[meta-llama/Llama-3.1-8B-Instruct]";
    private const string LlamaEngine = "[meta-llama/Llama-3.1-8B-Instruct | engine 0]";
    private const string Gpu0 = "[GPU 0 NVIDIA A100-SXM4-80GB]";
    private const string Gpu1 = "[GPU 1 NVIDIA A100-SXM4-80GB]";
    private const string Smi = "[GPU df6e7a7c-7314-46f8-abc4-b88b36dcf3aa]";

    public static TheoryData<string> Names => [.. PresetBook.All.Where(preset => preset.Rules.Count > 0).Select(preset => preset.Name)];

    [Fact]
    public void VLLM_becomes_times_throughput_queue_and_cache_of_each_model_and_engine() => AssertDerived(
        "vllm", LlamaEngine,
        "duration_mean 2 of 30", "duration_p50 1.5 of 30", "duration_p95 4.55 of 30",
        "time_to_first_token_mean 0.2 of 30", "time_to_first_token_p50 0.146875 of 30", "time_to_first_token_p95 0.40625 of 30",
        "time_per_output_token_mean 0.02 of 1000", "time_per_output_token_p50 0.0175 of 1000", "time_per_output_token_p95 0.02425 of 1000",
        "queue_time_mean 0.1 of 30", "queue_time_p50 0.15 of 30", "queue_time_p95 0.285 of 30",
        "input_tokens_mean 50 of 30", "output_tokens_mean 100 of 30", "input_tokens_per_second 100", "output_tokens_per_second 200", "requests_per_second 2",
        "error_share 0.033333 of 30", "abort_ratio 0.033333 of 30", "requests_running 7", "requests_waiting 3", "kv_cache_utilization 0.5", "cache_hit_ratio 0.75",
        "preemptions_per_second 0.2");

    [Fact]
    public void TGI_becomes_times_and_a_counter_of_failures_that_was_not_there_before_begins_at_zero() => AssertDerived(
        "tgi", "[]",
        "duration_mean 1 of 27", "duration_p50 0.616667 of 27", "duration_p95 1.325 of 27",
        "time_per_output_token_mean 0.015 of 27", "time_per_output_token_p50 0.015 of 27", "time_per_output_token_p95 0.0195 of 27",
        "queue_time_mean 0.005 of 27", "queue_time_p50 0.004477 of 27", "queue_time_p95 0.009448 of 27",
        "prefill_time_mean 0.04 of 27", "input_tokens_mean 50 of 27", "output_tokens_mean 100 of 27", "requests_per_second 2", "output_tokens_per_second 180",
        "error_share 0.1 of 30", "requests_waiting 5", "requests_running 8");

    [Fact]
    public void Llama_cpp_becomes_times_per_token_by_the_gains_of_its_counters() => AssertDerived(
        "llama.cpp", "[]",
        "time_per_output_token_mean 0.02 of 300", "time_per_input_token_mean 0.0025 of 600", "input_tokens_per_second 40", "output_tokens_per_second 20",
        "requests_running 2", "requests_waiting 4");

    [Fact]
    public void SGLang_becomes_the_same_with_the_cache_hits_of_its_counters() => AssertDerived(
        "sglang", Llama,
        "duration_mean 1.5 of 20", "duration_p50 1.5 of 20", "duration_p95 1.95 of 20",
        "time_to_first_token_mean 0.15 of 20", "time_to_first_token_p50 0.1 of 20", "time_to_first_token_p95 0.19 of 20",
        "time_per_output_token_mean 0.01 of 20", "time_per_output_token_p50 0.01 of 20", "time_per_output_token_p95 0.019 of 20",
        "input_tokens_per_second 66.666667", "output_tokens_per_second 40", "requests_per_second 1.333333", "error_share 0.05 of 20",
        "requests_running 162", "requests_waiting 2800", "kv_cache_utilization 0.35", "cache_hit_ratio 0.25");

    [Fact]
    public void Exporters_of_Ollama_are_understood_under_either_names()
    {
        Assert.Equal(
        [
            "duration_mean 2 of 10 [llama3.2:1b]", "duration_p50 3 of 10 [llama3.2:1b]", "duration_p95 4.8 of 10 [llama3.2:1b]", "load_time_mean 0.05 of 10 [llama3.2:1b]",
            "time_per_output_token_mean 0.01 of 300 [llama3.2:1b]", "input_tokens_per_second 10 [llama3.2:1b]", "output_tokens_per_second 20 [llama3.2:1b]",
            "requests_waiting 2 []", "models_loaded 2 []",
        ], Derived("ollama"));
        Assert.Equal(
        [
            "duration_mean 1.5 of 30 [llama3.2:1b]", "duration_p50 1 of 30 [llama3.2:1b]", "duration_p95 4.6 of 30 [llama3.2:1b]",
            "input_tokens_per_second 10 [llama3.2:1b]", "output_tokens_per_second 20 [llama3.2:1b]", "requests_per_second 2 [llama3.2:1b]", "requests_running 3 []",
        ], Derived("ollama", "ollama-proxy"));
    }

    [Fact]
    public void LiteLLM_becomes_times_of_the_gateway_and_of_the_provider() => Assert.Equal(
    [
        "duration_mean 1 of 27 [gpt-4o]", "duration_p50 0.602941 of 27 [gpt-4o]", "duration_p95 0.960294 of 27 [gpt-4o]",
        "provider_duration_mean 0.9 of 27 [gpt-4o]", "provider_duration_p50 0.602941 of 27 [gpt-4o]", "provider_duration_p95 0.960294 of 27 [gpt-4o]",
        "time_to_first_token_mean 0.2 of 27 [gpt-4o]", "time_to_first_token_p50 0.602941 of 27 [gpt-4o]", "time_to_first_token_p95 0.960294 of 27 [gpt-4o]",
        "requests_per_second 2 [gpt-4o]", "error_share 0.1 of 30 [gpt-4o]", "input_tokens_per_second 20 [gpt-4o]", "output_tokens_per_second 10 [gpt-4o]",
        "cost_mean 0.01 of 27 [gpt-4o-2024-08-06]", "requests_running 6 []",
    ], Derived("litellm"));

    [Fact]
    public void DCGM_becomes_the_state_of_each_GPU_in_base_units_and_an_event_for_a_new_XID_code()
    {
        var derived = Derived("dcgm");

        Assert.Equal(
            Each(
                Gpu0, "gpu_utilization 0.97", "gpu_memory_used 64424509440", "gpu_memory_utilization 0.75", "gpu_temperature 83", "gpu_memory_temperature 71",
                "gpu_power 399.9", "gpu_clock 1095000000", "gpu_memory_clock 1593000000", "gpu_tensor_utilization 0.642"),
            derived.Where(value => value.EndsWith(Gpu0, StringComparison.Ordinal)));
        Assert.Equal(9, derived.Count(value => value.EndsWith(Gpu1, StringComparison.Ordinal)));
        Assert.Equal(
            ["error 0 [GPU 0 NVIDIA A100-SXM4-80GB | xid]", "error 1 [GPU 1 NVIDIA A100-SXM4-80GB | xid]"],
            derived.Where(value => value.StartsWith("error", StringComparison.Ordinal)));

        var plan = Fixture.Plan("dcgm");
        Assert.All(Fixture.Read(plan, Text("dcgm")).Find(new Metric("DCGM_FI_DEV_GPU_UTIL")), series => Assert.Equal("node-1", series.Source.Host));
    }

    [Fact]
    public void The_node_exporter_becomes_the_use_of_processors_memory_and_real_disks() => Assert.Equal(
        ["cpu_utilization 0.533333 []", "memory_utilization 0.75 []", "disk_utilization 0.7 [/]"], Derived("node"));

    [Fact]
    public void The_exporter_of_nvidia_smi_becomes_the_state_of_each_GPU() => AssertDerived(
        "nvidia_smi", Smi,
        "gpu_utilization 0.93", "gpu_memory_used 12884901888", "gpu_memory_utilization 0.5", "gpu_temperature 71", "gpu_power 401.5", "gpu_clock 2520000000",
        "gpu_memory_clock 10501000000");

    [Fact]
    public void The_generic_preset_charts_what_the_target_names_in_any_kind()
    {
        var plan = Fixture.Plan(
            "generic",
            new MetricOptions { Metric = "app_jobs", Kind = MetricKind.Rate, Characteristic = "jobs_per_second", Unit = "{request}/s", Where = new() { ["queue"] = "fast" } },
            new MetricOptions { Metric = "app_job_seconds", Kind = MetricKind.Mean, Characteristic = "job_time_mean", Unit = "s" },
            new MetricOptions { Metric = "app_job_seconds", Kind = MetricKind.Quantile, Quantile = 0.25, Characteristic = "job_time_p25", Unit = "s" },
            new MetricOptions { Metric = "app_rpc", Kind = MetricKind.Mean, Characteristic = "rpc_time_mean", Unit = "ms" },
            new MetricOptions { Metric = "app_faults", Per = "app_calls", Kind = MetricKind.EventShare, Characteristic = "error_share" },
            new MetricOptions { Metric = "app_faults_total", Per = "app_calls_total", Kind = MetricKind.Quotient, Characteristic = "fault_ratio", Unit = "%" },
            new MetricOptions { Metric = "app_pool", Kind = MetricKind.Gauge, Characteristic = "pool" },
            new MetricOptions { Metric = "app_pool", Kind = MetricKind.GaugeMean, Characteristic = "pool_use" });

        Assert.Equal(
        [
            "jobs_per_second 2 []", "job_time_mean 0.5 of 20 []", "job_time_p25 0.25 of 20 []", "rpc_time_mean 0.2 of 5 []", "error_share 0.1 of 20 []",
            "fault_ratio 0.001 of 20 []", "pool 0.6 []", "pool_use 0.3 []",
        ], Fixture.Derived(plan, Text("generic"), Text("generic-later")));
    }

    [Fact]
    public void A_metric_is_found_under_the_name_that_it_had_before()
    {
        string Old(string page) => Text(page)
            .Replace("inter_token_latency_seconds", "time_per_output_token_seconds", StringComparison.Ordinal)
            .Replace("kv_cache_usage_perc", "gpu_cache_usage_perc", StringComparison.Ordinal)
            .Replace("vllm:prefix_cache", "vllm:gpu_prefix_cache", StringComparison.Ordinal)
            .Replace("request_success_total", "request_success", StringComparison.Ordinal);

        var plan = Fixture.Plan("vllm");

        Assert.Equal(Derived("vllm"), Fixture.Derived(plan, Old("vllm"), Old("vllm-later")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_first_page_tells_gauges_and_nothing_of_counters(string preset)
    {
        var plan = Fixture.Plan(preset);
        var gauges = plan.Rules.Where(rule => rule is GaugeRule or GaugeShareRule).Select(rule => rule.Characteristic.Name).ToHashSet();

        Assert.All(Fixture.Derived(plan, null, Text(preset)), value => Assert.Contains(value.Split(' ')[0], gauges));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_two_rules_of_a_preset_make_the_same_characteristic_and_every_page_has_what_is_not_optional(string name)
    {
        var plan = Fixture.Plan(name);
        var page = Fixture.Read(plan, Text(name));

        Assert.Equal(plan.Rules.Count, plan.Rules.Select(rule => rule.Characteristic.Name).Distinct().Count());
        Assert.All(plan.Rules.Where(rule => !rule.IsOptional), rule => Assert.All(rule.Metrics, metric => Assert.True(page.Has(metric), metric.Name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_documentation_lists_what_a_preset_charts(string name)
    {
        var preset = PresetBook.Find(name)!;
        var documented = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Scraping", "scraping.md"));
        var section = documented.Split($"\n### `{name}`", 2)[^1].Split("\n##", 2)[0];

        var rows = preset.Rules
            .Select(rule => $"| `{rule.Characteristic.Name}` | {rule.Characteristic.Unit.Symbol} | {rule.Words} |{(rule.IsOptional ? " may be absent" : "")} |")
            .ToList();

        Assert.Equal(string.Join('\n', rows), string.Join('\n', section.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))));
    }

    private static void AssertDerived(string preset, string source, params string[] expected) => Assert.Equal(Each(source, expected), Derived(preset));

    private static IEnumerable<string> Each(string source, params string[] values) => values.Select(value => $"{value} {source}");

    private static List<string> Derived(string preset, string? fixture = null) =>
        Fixture.Derived(Fixture.Plan(preset), Text(fixture ?? preset), Text($"{fixture ?? preset}-later"));

    private static string Text(string fixture) => File.ReadAllText(Fixture.PathOf(fixture));
}

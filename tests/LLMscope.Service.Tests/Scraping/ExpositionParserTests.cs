using System.Text;
using LLMscope.Service.Scraping.Exposition;

namespace LLMscope.Service.Tests.Scraping;

public class ExpositionParserTests
{
    [Fact]
    public void The_example_of_the_text_format_is_read_with_escapes_times_infinities_and_blanks()
    {
        // Prometheus, "Exposition formats", the full-fledged example.
        var samples = Text(
            """
            # HELP http_requests_total The total number of HTTP requests.
            # TYPE http_requests_total counter
            http_requests_total{method="post",code="200"} 1027 1395066363000
            http_requests_total{method="post",code="400"}    3 1395066363000

            # Escaping in label values:
            msdos_file_access_time_seconds{path="C:\\DIR\\FILE.TXT",error="Cannot find file:\n\"FILE.TXT\""} 1.458255915e9

            # Minimalistic line:
            metric_without_timestamp_and_labels 12.47

            # A weird metric from before the epoch:
            something_weird{problem="division by zero"} +Inf -3982045

            # TYPE http_request_duration_seconds histogram
            http_request_duration_seconds_bucket{le="0.05"} 24054
            http_request_duration_seconds_bucket{le="+Inf"} 144320
            http_request_duration_seconds_sum 53423
            http_request_duration_seconds_count 144320

            # TYPE rpc_duration_seconds summary
            rpc_duration_seconds{quantile="0.01"} 3102
            rpc_duration_seconds_sum 1.7560473e+07
            """);

        Assert.Equal(
        [
            "http_requests_total{code=200,method=post} 1027 @1395066363000",
            "http_requests_total{code=400,method=post} 3 @1395066363000",
            "msdos_file_access_time_seconds{error=Cannot find file:\n\"FILE.TXT\",path=C:\\DIR\\FILE.TXT} 1458255915",
            "metric_without_timestamp_and_labels 12.47",
            "something_weird{problem=division by zero} Infinity @-3982045",
            "http_request_duration_seconds_bucket{le=0.05} 24054",
            "http_request_duration_seconds_bucket{le=+Inf} 144320",
            "http_request_duration_seconds_sum 53423",
            "http_request_duration_seconds_count 144320",
            "rpc_duration_seconds{quantile=0.01} 3102",
            "rpc_duration_seconds_sum 17560473",
        ], samples);
    }

    [Theory]
    [InlineData("vllm:num_requests_running{model_name=\"m\",} 3", "vllm:num_requests_running{model_name=m} 3")]
    [InlineData("a:b:c 1", "a:b:c 1")]
    [InlineData(" \ta {  x = \"1\" , y=\"2\"  }\t5", "a{x=1,y=2} 5")]
    [InlineData("a{} 1", "a 1")]
    [InlineData("a{x=\"\"} 1", "a{x=} 1")]
    [InlineData("a{x=\"}, {\"} 1", "a{x=}, {} 1")]
    [InlineData("a{x=\"\\t\\\\n\"} 1", "a{x=\\t\\n} 1")]
    [InlineData("a{x=\"größe 日本\"} 1", "a{x=größe 日本} 1")]
    [InlineData("a NaN", "a NaN")]
    [InlineData("a -Inf", "a -Infinity")]
    [InlineData("a inf", "a Infinity")]
    [InlineData("a .5", "a 0.5")]
    [InlineData("a -1e-3 7", "a -0.001 @7")]
    [InlineData("{\"a.b\",x=\"1\"} 2", "a.b{x=1} 2")]
    [InlineData("a{\"x y\"=\"1\"} 2", "a{x y=1} 2")]
    public void One_line_is_read(string line, string expected) => Assert.Equal([expected], Text(line));

    [Theory]
    [InlineData("1a 2")]
    [InlineData("a")]
    [InlineData("a ")]
    [InlineData("a{x=\"1\" 2")]
    [InlineData("a{x=\"1} 2")]
    [InlineData("a{x=1} 2")]
    [InlineData("a{x} 2")]
    [InlineData("a{x=\"1\"y=\"2\"} 2")]
    [InlineData("a{,} 2")]
    [InlineData("a{x=\"1\",x=\"2\"} 2")]
    [InlineData("a{x:y=\"1\"} 2")]
    [InlineData("a{\"b\"} 2")]
    [InlineData("{x=\"1\"} 2")]
    [InlineData("a one")]
    [InlineData("a 1e999")]
    [InlineData("a 0x10")]
    [InlineData("a 1_000")]
    [InlineData("a 1,000")]
    [InlineData("a 1 2.5")]
    [InlineData("a 1 2 3")]
    [InlineData("a 1 # {x=\"y\"} 1")]
    [InlineData("a 1\r")]
    [InlineData("# TYPE a thing")]
    [InlineData("# TYPE a")]
    [InlineData("# TYPE")]
    [InlineData("# HELP 5 words")]
    [InlineData("<html>")]
    [InlineData("{\"models\":[]}")]
    public void A_malformed_line_is_a_fault_that_names_its_number(string line)
    {
        var fault = Assert.Throws<ExpositionException>(() => Text($"good 1\n\n{line}\ngood 2"));

        Assert.Equal(3, fault.Line);
        Assert.StartsWith("Line 3 of the page ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_is_no_UTF8_is_a_fault() =>
        Assert.Throws<ExpositionException>(() => Read(isOpenMetrics: false, [.. "a{x=\""u8, 0xFF, .. "\"} 1"u8]));

    [Fact]
    public void OpenMetrics_has_units_exemplars_fractions_of_seconds_and_an_end()
    {
        var samples = Open(
            """
            # TYPE foo counter
            # UNIT foo seconds
            # HELP foo Some help.
            foo_total{a="b"} 17.0 1520879607.789 # {trace_id="KOO5S4vxi0o"} 0.67
            foo_created{a="b"} 1520872607.123
            # TYPE bar histogram
            bar_bucket{le="0.01"} 0
            bar_bucket{le="+Inf"} 17 # {} 9.8 1520879607.789
            bar_count 17
            # TYPE baz stateset
            baz{baz="on"} 1
            # EOF
            """);

        Assert.Equal(
            ["foo_total{a=b} 17 @1520879607789", "foo_created{a=b} 1520872607.123", "bar_bucket{le=0.01} 0", "bar_bucket{le=+Inf} 17", "bar_count 17", "baz{baz=on} 1"], samples);
    }

    [Theory]
    [InlineData("a 1", 2)]
    [InlineData("a 1\n# EOF\nb 2", 3)]
    [InlineData("a 1\n\n# EOF", 2)]
    [InlineData("a 1 # x\n# EOF", 1)]
    [InlineData("a 1 # {x=\"y\"}\n# EOF", 1)]
    [InlineData("a 1 # {x=\"y\"} 1 2 3\n# EOF", 1)]
    [InlineData("a 1\n# EOF ", 2)]
    [InlineData("a 1 x\n# EOF", 1)]
    public void An_OpenMetrics_page_that_is_cut_off_or_malformed_is_a_fault(string page, long line) =>
        Assert.Equal(line, Assert.Throws<ExpositionException>(() => Open(page)).Line);

    [Fact]
    public void In_the_text_format_an_end_is_a_comment_as_any_other() =>
        Assert.Equal(["a 1", "b 2"], Text("# EOF\na 1\n#\n# anything goes here\nb 2\n"));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(20_000)]
    public async Task A_page_that_arrives_in_pieces_is_the_same_page(int piece)
    {
        var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(i => $"metric_{i}{{label=\"größe {i}\"}} {i}\n")));
        var whole = Read(false, body);

        var samples = new List<string>();
        await using var stream = new PieceStream(body, piece);
        var parser = new ExpositionParser(false, _ => true, sample => samples.Add(Described(sample)));
        var total = await ExpositionStream.ReadAsync(stream, parser, body.Length, TestContext.Current.CancellationToken);

        Assert.Equal(body.Length, total);
        Assert.Equal(500, samples.Count);
        Assert.Equal(whole, samples);
    }

    [Fact]
    public async Task A_page_beyond_the_largest_body_or_with_an_endless_line_is_not_read_to_its_end()
    {
        var endless = new byte[ExpositionStream.LongestLine * 4];
        Array.Fill(endless, (byte)'a');
        await using var large = new PieceStream("a 1\n"u8.ToArray(), 4);
        await using var longLine = new PieceStream(endless, 1000);
        var parser = new ExpositionParser(false, _ => true, _ => { });

        Assert.Null(await ExpositionStream.ReadAsync(large, parser, 3, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ExpositionException>(() => ExpositionStream.ReadAsync(longLine, parser, long.MaxValue, TestContext.Current.CancellationToken));
        Assert.InRange(longLine.Position, 0, ExpositionStream.LongestLine + 1000);
    }

    [Theory]
    [InlineData("a 1\nb 12", false, 2)]
    [InlineData("a", false, 1)]
    [InlineData("a 1\n# EO", true, 3)]
    public async Task A_page_that_was_cut_off_within_a_line_is_a_fault(string page, bool isOpenMetrics, long line)
    {
        await using var body = new MemoryStream(Encoding.UTF8.GetBytes(page));

        var fault = await Assert.ThrowsAsync<ExpositionException>(
            () => ExpositionStream.ReadAsync(body, new ExpositionParser(isOpenMetrics, _ => true, _ => { }), 100, TestContext.Current.CancellationToken));

        Assert.Equal(line, fault.Line);
    }

    [Fact]
    public async Task OpenMetrics_may_end_without_a_line_feed()
    {
        await using var body = new MemoryStream("a 1\n# EOF"u8.ToArray());

        Assert.NotNull(await ExpositionStream.ReadAsync(body, new ExpositionParser(true, _ => true, _ => { }), 100, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Samples_that_nobody_wants_are_checked_and_counted_but_not_made()
    {
        var taken = new List<string>();
        var parser = new ExpositionParser(false, name => name == "b", sample => taken.Add(Described(sample)));
        parser.Read("a 1"u8);
        parser.Read("b 2"u8);
        parser.Read("b{x=\"1\"} 3"u8);
        parser.Read("a 4"u8);

        Assert.Equal(["b 2", "b{x=1} 3"], taken);
        Assert.Equal((4, 4), (parser.Lines, parser.Samples));
    }

    private static List<string> Text(string page) => Read(false, Encoding.UTF8.GetBytes(page));

    private static List<string> Open(string page) => Read(true, Encoding.UTF8.GetBytes(page));

    private static List<string> Read(bool isOpenMetrics, byte[] page)
    {
        var samples = new List<string>();
        var parser = new ExpositionParser(isOpenMetrics, _ => true, sample => samples.Add(Described(sample)));
        var rest = page.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            parser.Read(end < 0 ? rest : rest[..end]);
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        parser.End([]);
        return samples;
    }

    private static string Described(ExpositionSample sample)
    {
        var labels = sample.Labels.Length == 0 ? "" : $"{{{string.Join(",", sample.Labels.Select(label => $"{label.Name}={label.Value}"))}}}";
        return $"{sample.Name}{labels} {sample.Value}{(sample.Milliseconds is { } time ? $" @{time}" : "")}";
    }
}

namespace LLMscope.Service.Tests.Violations;

public sealed class ViolationCsvTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly ServiceHost _host = shared.Host;

    [Fact]
    public async Task Without_a_violation_there_is_still_a_header()
    {
        var answer = await _host.GetAsync("/api/v1/violations.csv?model=nobody");

        Assert.StartsWith("id,state,severity,", answer.Body, StringComparison.Ordinal);
        Assert.Single(answer.Body.TrimEnd().Split('\n'));
        Assert.Equal("text/csv", answer.Message.Content.Headers.ContentType!.MediaType);
        Assert.Matches("^llmscope-violations-\\d{8}T\\d{6}Z\\.csv$", answer.Message.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
    }

    [Theory]
    [InlineData("=cmd|'/C calc'!A1")]
    [InlineData("@SUM(A1)")]
    [InlineData("+1+1")]
    [InlineData("-2+3")]
    public async Task Text_is_no_formula_and_a_negative_number_is_a_number(string model)
    {
        await ViolateAsync(model, -1e6);

        var lines = (await _host.GetAsync($"/api/v1/violations.csv?model={Uri.EscapeDataString(model)}")).Body.TrimEnd().Split("\r\n");

        Assert.All(lines[1..], line =>
        {
            Assert.DoesNotContain($",{model}", line, StringComparison.Ordinal);
            Assert.DoesNotContain($",\"{model}", line, StringComparison.Ordinal);
            Assert.Contains($"'{model}", line, StringComparison.Ordinal);
        });
        Assert.Contains(lines, line => line.Contains(",-1000000,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_row_is_there_with_times_in_UTC_and_numbers_without_a_locale()
    {
        const string Model = "many, \"quoted\"";
        for (var i = 0; i < 2; i++)
            await ViolateAsync(Model, 12_345.5, i == 0 ? "duration" : "cost");
        await _host.AskAsync<long>("""
            WITH copied AS (
                INSERT INTO violations SELECT gen_random_uuid(), chart_id, baseline_id, direction, 2, severity, rules, first_rules, opened_at, 10000 + n, last_signal_at, last_signal_number,
                    signal_points, value, extreme, centre, lower, upper, NULL, NULL, opened_at, 'Ada', 'line one' || chr(10) || 'line two'
                FROM violations v, generate_series(1, 3000) n WHERE v.severity = 2 AND v.value = 12345.5 RETURNING 1)
            SELECT count(*) FROM copied
            """);

        var body = (await _host.GetAsync($"/api/v1/violations.csv?model={Uri.EscapeDataString(Model)}&rule=R1")).Body;

        var expected = await _host.AskAsync<long>($"SELECT count(*) FROM violations v JOIN series s ON s.id = v.chart_id JOIN sources o ON o.id = s.source_id WHERE o.model = 'many, \"quoted\"' AND v.rules & 1 <> 0");
        var rows = body.Split("\r\n").Select(line => line.Split(',')[0]).Where(id => Guid.TryParse(id, out _)).ToArray();
        Assert.True(expected >= 6_002);
        Assert.Equal(expected, rows.Distinct().Count());
        Assert.Contains(",12345.5,", body, StringComparison.Ordinal);
        Assert.Contains("\"many, \"\"quoted\"\"\"", body, StringComparison.Ordinal);
        Assert.Matches(@",\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z,", body);
    }

    private async Task ViolateAsync(string model, double value, string characteristic = "my_metric")
    {
        var random = new Random(97);
        await _host.SendAsync(characteristic, [.. Enumerable.Range(0, 100).Select(_ => 1 + random.NextDouble()), value], model);
    }
}

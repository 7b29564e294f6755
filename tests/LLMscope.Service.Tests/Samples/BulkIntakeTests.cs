using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace LLMscope.Service.Tests.Samples;

/// <summary>A history as one body of lines: read as it arrives, stored as it is read, charted without telling anyone.</summary>
public class BulkIntakeTests
{
    private const string Path = "/api/v1/samples";
    private const string Ndjson = "application/x-ndjson";
    private const string Csv = "text/csv";

    private static readonly (string, string)[] SmallWholes = [("LLMscope:Intake:MostItems", "1000"), ("LLMscope:Inbox:Capacity", "50000")];

    [Fact]
    public async Task A_body_of_many_times_the_inbox_is_stored_whole_in_either_form()
    {
        await using var host = await ServiceHost.StartAsync(SmallWholes);
        var rows = Rows(120_000);

        var lines = await host.PostAsync(Path, string.Join('\n', rows.Select(row => Line(row, "ndjson"))), Ndjson);
        var table = await host.PostAsync(Path, "model,characteristic,unit,time,value\n" + string.Join('\n', rows.Select(row => Cells(row, "csv"))), Csv);

        Assert.Equal((HttpStatusCode.Accepted, 120_000, 0), (lines.Status, Number(lines, "accepted"), Number(lines, "rejected")));
        Assert.Equal((HttpStatusCode.Accepted, 120_000, 0), (table.Status, Number(table, "accepted"), Number(table, "rejected")));
        Assert.Equal(240_000, await host.CountAsync("samples"));
        Assert.Equal(2, await host.AskAsync<long>("SELECT count(DISTINCT series_id) FROM samples"));
        Assert.Equal(1, await host.AskAsync<long>("SELECT count(DISTINCT total) FROM (SELECT round(sum(value)::numeric, 6) AS total FROM samples GROUP BY series_id) totals"));
    }

    [Fact]
    public async Task A_history_is_charted_and_judged_and_nobody_is_told_of_it()
    {
        await using var host = await ServiceHost.StartAsync(SmallWholes);
        var hook = await host.PostAsync("/api/v1/receivers", """{"name":"hook","kind":"webhook","settings":{"url":"http://127.0.0.1:9/hook"},"secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}""");
        Assert.True(hook.Message.IsSuccessStatusCode, hook.Body);
        var random = new Random(11);
        var begin = TimeProvider.System.GetUtcNow().AddDays(-2);
        var rows = Enumerable.Range(0, 1_500).Select(i => (Time: begin.AddSeconds(60 * i), Value: (i is >= 1_200 and < 1_230 ? 2_000 : 500) + (100 * random.NextDouble()))).ToArray();

        await host.PostAsync(Path, "model;characteristic;unit;time;value\r\n" + string.Join("\r\n", rows.Select(row => Cells(row, "old").Replace(',', ';'))), Csv);
        await host.JudgedAsync();

        var violation = Assert.Single((await host.GetAsync("/api/v1/violations?model=old")).Json["violations"]!.AsArray())!;
        Assert.False(violation["told"]!.GetValue<bool>());
        Assert.Equal(0, await host.CountAsync("notifications"));
        Assert.Equal(1_500, await host.CountAsync("points"));
    }

    [Fact]
    public async Task A_compressed_body_is_read_and_one_that_unfolds_beyond_the_limit_is_refused()
    {
        await using var host = await ServiceHost.StartAsync([.. SmallWholes, ("LLMscope:Intake:LargestBulk", "1000000")]);

        var taken = await PostGzipAsync(host, string.Join('\n', Rows(2_000).Select(row => Line(row, "gzip"))));
        var bomb = await PostGzipAsync(host, new string('\n', 50_000_000));

        Assert.Equal((HttpStatusCode.Accepted, 2_000), (taken.Status, Number(taken, "accepted")));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, bomb.Status);
    }

    [Fact]
    public async Task A_wrong_row_among_the_first_refuses_all_and_one_far_behind_only_itself()
    {
        await using var host = await ServiceHost.StartAsync(SmallWholes);
        var rows = Rows(5_000).Select(row => Cells(row, "m")).ToArray();
        string Body(int wrong) => "model,characteristic,unit,time,value\n" + string.Join('\n', rows.Select((row, i) => i == wrong ? row + "x" : row));

        var early = await host.PostAsync(Path, Body(500), Csv);
        Assert.Equal((HttpStatusCode.BadRequest, 0L), (early.Status, await host.CountAsync("samples")));

        var late = await host.PostAsync(Path, Body(4_000), Csv);
        Assert.Equal((HttpStatusCode.Accepted, 4_999, 1), (late.Status, Number(late, "accepted"), Number(late, "rejected")));
        var item = Assert.Single(late.Json["items"]!.AsArray())!;
        Assert.Equal((4_000, "value", "must be a finite number"), (item["index"]!.GetValue<int>(), item["field"]!.GetValue<string>(), item["message"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("model,quality,value\nm,1,2", "The column 'quality' is not known")]
    [InlineData("value,value\n1,2", "A column is named twice")]
    [InlineData("characteristic,value\nduration,1,2", "has 3 cells where the header has 2")]
    [InlineData("characteristic,value\nduration,\"1", "is not valid CSV")]
    [InlineData("characteristic,value\nduration,1e999", "must be a finite number")]
    [InlineData("characteristic,value\n", "The request has no items")]
    [InlineData("", "The request has no items")]
    public async Task A_wrong_table_is_refused_in_words(string body, string problem)
    {
        await using var host = await ServiceHost.StartAsync(SmallWholes);

        var answer = await host.PostAsync(Path, body, Csv);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(problem, answer.Body, StringComparison.Ordinal);
        Assert.Equal(0, await host.CountAsync("samples"));
    }

    [Fact]
    public async Task A_line_without_an_end_and_a_body_that_breaks_off_are_told_with_what_was_stored_before()
    {
        await using var host = await ServiceHost.StartAsync(SmallWholes);
        var lines = string.Join('\n', Rows(30_000).Select(row => Line(row, "m"))) + "\n";

        var endless = await host.PostAsync(Path, lines + new string('x', 16_000_000), Ndjson);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, endless.Status);
        Assert.Equal(await host.CountAsync("samples"), Number(endless, "accepted"));
        Assert.Equal(30_000, Number(endless, "accepted"));
    }

    [Fact]
    public async Task Calls_come_as_a_table_too()
    {
        await using var host = await ServiceHost.StartAsync(SmallWholes);

        var answer = await host.PostAsync(
            "/api/v1/calls", "model,durationMs,ttftMs,outputTokens,streaming,status,errorCategory,finishReason\nm,1200,200,11,true,ok,,stop\nm,30,,,,error,rateLimit,\n", Csv);

        Assert.Equal((HttpStatusCode.Accepted, 2), (answer.Status, Number(answer, "accepted")));
        Assert.Equal("stop", await host.AskAsync<string>("SELECT finish_reason FROM calls WHERE streaming"));
        Assert.Equal(6, await host.AskAsync<short>("SELECT error_category FROM calls WHERE status = 1"));
    }

    private static async Task<Answer> PostGzipAsync(ServiceHost host, string body)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(body), TestContext.Current.CancellationToken);
        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new(Ndjson);
        content.Headers.ContentEncoding.Add("gzip");
        return await Answer.OfAsync(await host.Client.PostAsync(new Uri(Path, UriKind.Relative), content, TestContext.Current.CancellationToken));
    }

    private static (DateTimeOffset Time, double Value)[] Rows(int count)
    {
        var random = new Random(3);
        var begin = TimeProvider.System.GetUtcNow().AddHours(-30);
        return [.. Enumerable.Range(0, count).Select(i => (begin.AddMilliseconds(500 * i), 500 + (100 * random.NextDouble())))];
    }

    private static string Line((DateTimeOffset Time, double Value) row, string model) =>
        $$"""{"model":"{{model}}","characteristic":"duration","unit":"ms","time":"{{row.Time:O}}","value":{{row.Value.ToString("R", CultureInfo.InvariantCulture)}}}""";

    private static string Cells((DateTimeOffset Time, double Value) row, string model) =>
        $"{model},duration,ms,{row.Time:O},{row.Value.ToString("R", CultureInfo.InvariantCulture)}";

    private static int Number(Answer answer, string name)
    {
        Assert.True(answer.Json[name] is not null, answer.Body);
        return answer.Json[name]!.GetValue<int>();
    }
}

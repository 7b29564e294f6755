using System.Net;
using System.Text;

namespace LLMscope.Service.Tests.Samples;

public sealed class SampleIntakeTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Path = "/api/v1/samples";

    private readonly ServiceHost _host = shared.Host;

    // Of its own for each test, so that they can share a service.
    private readonly string _model = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task One_sample_an_envelope_an_array_and_lines_are_all_understood()
    {
        Assert.Equal(HttpStatusCode.Accepted, (await _host.PostAsync(Path, Sample())).Status);
        Assert.Equal(2, Accepted(await _host.PostAsync(Path, $$"""{"samples":[{{Sample()}},{{Sample()}}]}""")));
        Assert.Equal(2, Accepted(await _host.PostAsync(Path, $"[{Sample()},{Sample()}]")));
        Assert.Equal(3, Accepted(await _host.PostAsync(Path, $"{Sample()}\n\n{Sample()}\r\n{Sample()}", "application/x-ndjson")));

        Assert.Equal(8, await StoredAsync());
    }

    [Theory]
    [InlineData(1, "1 item is wrong. Correct it, or send with ?partial=true to have the others accepted.")]
    [InlineData(2, "2 items are wrong. Correct them, or send with ?partial=true to have the others accepted.")]
    [InlineData(1_000, "1000 items are wrong; the first ")]
    public async Task How_many_items_are_wrong_is_said_in_a_sentence(int items, string sentence)
    {
        var refused = await _host.PostAsync(Path, $"[{Sample()},{string.Join(',', Enumerable.Repeat("{}", items))}]");

        Assert.StartsWith(sentence, refused.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"characteristic":"duration","value":1,"colour":"red"}""", "colour")]
    [InlineData("""{"characteristic":"duration","value":"NaN"}""", "value")]
    [InlineData("""{"characteristic":"duration","value":1e400}""", "value")]
    [InlineData("""{"characteristic":"my_time","unit":"h","value":1e308}""", "value")]
    [InlineData("""{"characteristic":"my_metric","value":-1e200}""", "value")]
    [InlineData("""{"characteristic":"duration"}""", "value")]
    [InlineData("""{"value":1}""", "characteristic")]
    [InlineData("""{"characteristic":"Duration!","value":1}""", "characteristic")]
    [InlineData("""{"characteristic":"duration","unit":"parsec","value":1}""", "unit")]
    [InlineData("""{"characteristic":"duration","unit":"By","value":1}""", "unit")]
    [InlineData("""{"characteristic":"duration","value":-0.1}""", "value")]
    [InlineData("""{"characteristic":"error","value":0.5}""", "value")]
    [InlineData("""{"characteristic":"duration","value":1,"time":"2199-01-01T00:00:00Z"}""", "time")]
    [InlineData("""{"characteristic":"duration","value":1,"time":"2001-01-01T00:00:00Z"}""", "time")]
    [InlineData("""{"characteristic":"duration","value":1,"time":"0001-01-01T00:00:00+14:00"}""", "time")]
    [InlineData("""{"characteristic":"duration","value":1,"time":"2026-11-21T08:00:00"}""", "time")]
    [InlineData("""{"characteristic":"duration","value":1,"time":1700000000}""", "time")]
    [InlineData("""{"characteristic":"duration","value":1,"provider":"a\u0001b"}""", "provider")]
    [InlineData("""{"characteristic":"duration","value":1,"site":"a\u001fb"}""", "site")]
    [InlineData("""{"characteristic":"duration","value":1,"site":7}""", "site")]
    [InlineData("""{"characteristic":"duration","value":1,"site":"\ud800"}""", "")]
    [InlineData("""["duration",1]""", "")]
    [InlineData("null", "")]
    public async Task What_is_wrong_is_named_with_its_place_and_nothing_is_accepted(string wrong, string field)
    {
        var answer = await _host.PostAsync(Path, $$"""{"samples":[{{Sample()}},{{wrong}},{{Sample()}}]}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("application/problem+json", answer.Message.Content.Headers.ContentType!.MediaType);
        Assert.Equal((1, field), Assert.Single(answer.Faults));
        Assert.Equal(0, await StoredAsync());
    }

    [Fact]
    public async Task Text_that_is_too_long_is_refused_and_the_longest_is_not()
    {
        var longest = string.Concat(Enumerable.Repeat("漢", 200));

        Assert.Equal(HttpStatusCode.Accepted, (await _host.PostAsync(Path, $$"""{"characteristic":"duration","value":1,"model":"{{_model}}","site":"{{longest}}"}""")).Status);
        var answer = await _host.PostAsync(Path, $$"""{"characteristic":"duration","value":1,"model":"{{_model}}","site":"{{longest}}x"}""");

        Assert.Equal((0, "site"), Assert.Single(answer.Faults));
        Assert.Equal(1, await StoredAsync());
    }

    [Fact]
    public async Task All_errors_of_a_request_are_named()
    {
        var answer = await _host.PostAsync(Path, $$"""[{"value":-1,"colour":1,"unit":7},{{Sample()}},{"characteristic":"duration","value":-1}]""");

        Assert.Equal([(0, "colour"), (0, "unit"), (2, "value")], answer.Faults);
        Assert.NotNull(answer.Json["errors"]!["samples[2].value"]);
    }

    [Fact]
    public async Task A_bad_line_is_named_and_the_others_are_taken_only_if_asked_for()
    {
        var lines = $"{Sample()}\n{{\"broken\n{Sample()}\n{Sample()} trailing\n{Sample()}{Sample()}";

        var refused = await _host.PostAsync(Path, lines, "application/x-ndjson");
        Assert.Equal([1, 3, 4], refused.Faults.Select(fault => fault.Index));
        Assert.Equal(0, await StoredAsync());

        var partial = await _host.PostAsync($"{Path}?partial=true", lines, "application/x-ndjson");
        Assert.Equal((2, 3), (Accepted(partial), partial.Json["rejected"]!.GetValue<int>()));
        Assert.Equal(2, await StoredAsync());
    }

    [Fact]
    public async Task With_partial_the_right_items_are_stored_and_all_wrong_ones_still_are_an_error()
    {
        var partial = await _host.PostAsync($"{Path}?partial=true", $$"""[{{Sample()}},{"value":1},{{Sample()}}]""");
        var none = await _host.PostAsync($"{Path}?partial=true", """[{"value":1}]""");

        Assert.Equal((2, 1), (Accepted(partial), partial.Json["rejected"]!.GetValue<int>()));
        Assert.Equal(HttpStatusCode.BadRequest, none.Status);
        Assert.Equal(2, await StoredAsync());
    }

    [Fact]
    public async Task An_item_with_an_id_is_stored_once_however_often_it_is_sent()
    {
        var item = Sample($",\"id\":\"{_model}-1\"");

        Assert.Equal((1, 1), Receipt(await _host.PostAsync(Path, $"[{item},{item}]")));
        Assert.Equal((0, 1), Receipt(await _host.PostAsync(Path, item)));
        Assert.Equal((2, 1), Receipt(await _host.PostAsync(Path, $"[{item},{Sample()},{Sample()}]")));

        Assert.Equal(3, await StoredAsync());
    }

    [Fact]
    public async Task Clients_that_send_the_same_ids_at_once_store_each_once()
    {
        var body = $"[{string.Join(',', Enumerable.Range(0, 200).Select(i => Sample($",\"id\":\"{_model}-{i}\"")))}]";

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _host.PostAsync(Path, body)));

        Assert.Equal(200, answers.Sum(Accepted));
        Assert.Equal(200, await StoredAsync());
    }

    [Fact]
    public async Task A_sample_may_name_the_host_and_the_device_that_it_was_measured_on()
    {
        var sample = $$"""{"host":"{{_model}}","device":"GPU 0 L4","characteristic":"gpu_utilization","unit":"%","value":50}""";

        Assert.Equal(1, Accepted(await _host.PostAsync(Path, sample)));
        Assert.Equal(1, Accepted(await _host.PostAsync(Path, sample)));

        var series = $"series JOIN sources ON sources.id = source_id WHERE host = '{_model}' AND device = 'GPU 0 L4'";
        Assert.Equal(1, await _host.AskAsync<long>($"SELECT count(*) FROM {series}"));
        Assert.Equal(2, await _host.AskAsync<long>($"SELECT count(*) FROM samples WHERE value = 0.5 AND series_id IN (SELECT series.id FROM {series})"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("[]")]
    [InlineData("""{"samples":[]}""")]
    [InlineData("""{"samples":7}""")]
    [InlineData("""{"samples":[{"characteristic":"duration","value":1}],"more":1}""")]
    [InlineData("""[{"characteristic":"duration","value":1}""")]
    [InlineData("""{"characteristic":"duration","value":1} x""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("7")]
    public async Task A_body_that_is_no_list_of_items_is_refused(string body)
    {
        var answer = await _host.PostAsync(Path, body);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.Status, answer.Message.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        var body = Encoding.UTF8.GetBytes(Sample()).Select(letter => letter == (byte)'d' ? (byte)0xFF : letter).ToArray();

        Assert.Equal(HttpStatusCode.BadRequest, (await _host.PostBytesAsync(Path, body)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _host.PostBytesAsync(Path, body, "application/x-ndjson")).Status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    public async Task Another_content_type_is_not_understood(string type) =>
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await _host.PostAsync(Path, Sample(), type)).Status);

    [Fact]
    public async Task The_value_is_stored_in_the_base_unit_and_the_time_to_the_microsecond()
    {
        var time = TimeProvider.System.GetUtcNow().AddHours(-1);

        await _host.PostAsync(Path, $$"""{"characteristic":"duration","unit":"ms","value":1500,"model":"{{_model}}","time":"{{time:yyyy-MM-dd'T'HH:mm:ss}}.1234567+00:00"}""");

        Assert.Equal(1.5, await _host.AskAsync<double>($"SELECT value FROM samples {OfModel}"));
        Assert.Equal(123_456, await _host.AskAsync<int>($"SELECT extract(microseconds FROM time)::int % 1000000 FROM samples {OfModel}"));
    }

    [Fact]
    public async Task One_new_series_cannot_come_in_units_of_two_dimensions()
    {
        string Item(string unit) => $$"""{"characteristic":"my_metric","model":"{{_model}}","value":1{{unit}}}""";
        var (ms, bytes) = (Item(",\"unit\":\"ms\""), Item(",\"unit\":\"By\""));

        var answer = await _host.PostAsync(Path, $"[{ms},{bytes},{ms}]");
        Assert.Equal((1, "unit"), Assert.Single(answer.Faults));

        Assert.Equal(2, Accepted(await _host.PostAsync($"{Path}?partial=true", $"[{ms},{bytes},{Item("")}]")));
        Assert.Equal((1, "unit"), Assert.Single((await _host.PostAsync(Path, $"[{ms},{bytes}]")).Faults));
        Assert.Equal("s", await _host.AskAsync<string>($"SELECT unit FROM series s JOIN sources o ON o.id = s.source_id WHERE o.model = '{_model}'"));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-ndjson")]
    public async Task Large_bodies_are_whole_wherever_the_network_cuts_them(string type)
    {
        var random = new Random(91);
        var values = Enumerable.Range(0, 20_000).Select(_ => random.NextDouble()).ToArray();
        var items = values.Select((value, i) => $$"""{"model":"{{_model}}","id":"{{_model}}-\u0041{{i}}","characteristic":"my_metric","value":{{value:R}}}""");
        var body = Encoding.UTF8.GetBytes(type == "application/json" ? $$"""{"samples":[{{string.Join(",\n", items)}}]}""" : string.Join('\n', items));
        using var content = new PieceContent(body, random);
        content.Headers.ContentType = new(type);

        var answer = await Answer.OfAsync(await _host.Client.PostAsync(new Uri(Path, UriKind.Relative), content, TestContext.Current.CancellationToken));

        Assert.Equal((20_000, 0), Receipt(answer));
        Assert.Equal(values.Sum(), await _host.AskAsync<double>($"SELECT sum(value) FROM samples {OfModel}"), precision: 6);
    }

    [Fact]
    public async Task No_mutation_of_a_body_makes_the_service_fail()
    {
        var random = new Random(92);
        var time = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        string[] bodies =
        [
            $$"""{"samples":[{"time":"{{time:O}}","model":"{{_model}}","characteristic":"duration","unit":"ms","value":12.5},{"id":"x","characteristic":"my_metric","value":-1e3}]}""",
            $$"""{"characteristic":"gpu_temperature","value":61,"site":"\u00e9\ud83d\ude00"}""",
        ];
        string[] pieces = ["\"", "{", "}", "[", "]", ",", ":", "\\", "\\u", "\\ud800", "\u0000", "1e999", "-", "null", "true", "\n", "é", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "%", "samples"];

        for (var i = 0; i < 1_500; i++)
        {
            var body = Encoding.UTF8.GetBytes(bodies[i % 2]).ToList();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var place = random.Next(body.Count);
                switch (random.Next(4))
                {
                    case 0: body[place] = (byte)random.Next(256); break;
                    case 1: body.RemoveRange(place, Math.Min(random.Next(1, 9), body.Count - place)); break;
                    case 2: body.InsertRange(place, Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)])); break;
                    default: body.InsertRange(place, body[..random.Next(body.Count)]); break;
                }
            }

            var type = i % 3 == 0 ? "application/x-ndjson" : "application/json";
            var answer = await _host.PostBytesAsync(i % 7 == 0 ? $"{Path}?partial=true" : Path, [.. body], type);
            Assert.True((int)answer.Status < 500, $"{answer.Status} to {Encoding.UTF8.GetString([.. body])}: {answer.Body}");
        }
    }

    private string OfModel => $"WHERE series_id IN (SELECT s.id FROM series s JOIN sources o ON o.id = s.source_id WHERE o.model = '{_model}')";

    private static int Accepted(Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.Accepted, answer.Body);
        return answer.Json["accepted"]!.GetValue<int>();
    }

    private static (int Accepted, int Duplicates) Receipt(Answer answer) => (Accepted(answer), answer.Json["duplicates"]!.GetValue<int>());

    private string Sample(string more = "") => $$"""{"model":"{{_model}}","characteristic":"duration","value":0.25{{more}}}""";

    private Task<long> StoredAsync() => _host.AskAsync<long>($"SELECT count(*) FROM samples {OfModel}");
}

using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LLMscope.Service.Samples;

namespace LLMscope.Service.Tests.Samples;

public class CsvItemsTests
{
    private const string Table = "model,characteristic,unit,time,value\r\nm,duration,ms,2026-11-21T08:00:00Z,812\r\n\"a \"\"b\"\"\",duration,s,,1e-3\r\n\r\nm,error,,,1\r\n";

    [Fact]
    public void Whatever_becomes_of_a_table_it_is_read_or_refused_in_words()
    {
        var changes = Gen.Choose(0, 255).Select(value => (byte)value).Two().SelectMany(_ => Gen.Choose(0, Table.Length - 1), (bytes, at) => (At: at, New: bytes.Item1, Kind: bytes.Item2 % 3));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(changes.ArrayOf().ToArbitrary(), edits =>
        {
            var bytes = Encoding.UTF8.GetBytes(Table).ToList();
            foreach (var (at, changed, kind) in edits)
            {
                var place = Math.Min(at, bytes.Count - 1);
                if (kind == 0 && bytes.Count > 1)
                    bytes.RemoveAt(place);
                else if (kind == 1)
                    bytes.Insert(place, changed);
                else
                    bytes[place] = changed;
            }

            AssertAnswered([.. bytes]);
        }));
    }

    [Fact]
    public void Random_bytes_are_read_or_refused_in_words() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2_000),
        Prop.ForAll(Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().ToArbitrary(), AssertAnswered));

    // What is right is read as one whole object, and whatever is not has a fault.
    private static void AssertAnswered(byte[] body)
    {
        var errors = new ItemErrors();
        var read = 0;
        var fault = CsvItems.ReadAsync(
            new MemoryStream(body), "samples", errors,
            (ref System.Text.Json.Utf8JsonReader reader, int index) =>
            {
                Assert.Equal(System.Text.Json.JsonTokenType.StartObject, reader.TokenType);
                reader.Skip();
                read++;
            },
            _ => default, TestContext.Current.CancellationToken).GetAwaiter().GetResult();

        Assert.True(fault is { Message.Length: > 0 } || read + errors.Items > 0);
    }
}

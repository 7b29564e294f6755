using FsCheck;
using FsCheck.Fluent;
using LLMscope.Service.Scraping.Exposition;

namespace LLMscope.Service.Tests.Scraping;

/// <summary>Whatever stands on a page, reading it ends in samples or in the one fault, and never takes long.</summary>
public class ExpositionFuzzTests
{
    private const int Pages = 3_000;

    // What the grammar is made of comes more often than chance would have it.
    private static readonly byte[] Telling = [.. "{}=,\"\\#\n \t:_0.eE+-NaIfn\0"u8, 0xC3, 0xFF];

    [Theory]
    [InlineData("vllm", false)]
    [InlineData("node", false)]
    [InlineData("generic", true)]
    public async Task A_mutated_page_is_read_or_refused(string fixture, bool isOpenMetrics)
    {
        var page = await File.ReadAllBytesAsync(Fixture.PathOf(fixture), TestContext.Current.CancellationToken);
        var mutation =
            from place in Gen.Choose(0, page.Length - 1)
            from kind in Gen.Choose(0, 3)
            from value in Gen.OneOf(Gen.Elements(Telling), Gen.Choose(0, 255).Select(number => (byte)number))
            from length in Gen.Choose(1, 40)
            select (place, kind, value, length);

        var (read, refused) = (0, 0);
        foreach (var mutations in mutation.ListOf(3).Sample(numberOfSamples: Pages, size: 10, seed: new Rnd(7)))
        {
            var mutated = mutations.Aggregate(page, (body, one) => Mutated(body, one.place, one.kind, one.value, one.length));
            if (await IsReadAsync(mutated, isOpenMetrics))
                read++;
            else
                refused++;
        }

        Assert.Equal(Pages, read + refused);
        Assert.True(read > 0 && refused > 0);
    }

    [Fact]
    public async Task Random_bytes_are_read_or_refused()
    {
        var bodies = Gen.OneOf(Gen.Elements(Telling), Gen.Choose(0, 255).Select(number => (byte)number)).ArrayOf(200).Sample(numberOfSamples: Pages, size: 10, seed: new Rnd(11));

        foreach (var body in bodies)
            await IsReadAsync(body, isOpenMetrics: body[0] % 2 == 0);
    }

    private static async Task<bool> IsReadAsync(byte[] body, bool isOpenMetrics)
    {
        await using var stream = new MemoryStream(body);
        try
        {
            await ExpositionStream.ReadAsync(stream, new ExpositionParser(isOpenMetrics, _ => true, _ => { }), 1 << 20, TestContext.Current.CancellationToken);
            return true;
        }
        catch (ExpositionException)
        {
            return false;
        }
    }

    private static byte[] Mutated(byte[] body, int place, int kind, byte value, int length)
    {
        var at = Math.Min(place, body.Length - 1);
        var end = Math.Min(body.Length, at + length);
        return kind switch
        {
            0 => [.. body[..at], value, .. body[(at + 1)..]],
            1 => [.. body[..at], value, .. body[at..]],
            2 when body.Length > 50 => [.. body[..at], .. body[end..]],
            _ => [.. body[..end], .. body[at..]],
        };
    }
}

using LLMscope.Monitoring.Samples;

namespace LLMscope.Monitoring.Tests.Samples;

public class CallSamplesTests
{
    private static readonly Call Plain = new(new Source(Model: "gpt-4o"), DateTime.UnixEpoch, Duration: 2.1);

    [Fact]
    public void A_streamed_call_yields_all_that_it_tells()
    {
        var samples = CallSamples.Of(Plain with { TimeToFirstToken = 0.1, OutputTokens = 101, CostUsd = 0.5 }).ToDictionary(sample => sample.Characteristic, sample => sample.Value);

        Assert.Equal(6, samples.Count);
        Assert.Equal(0, samples[Characteristic.Error]);
        Assert.Equal(0.02, samples[Characteristic.TimePerOutputToken], precision: 12);
        Assert.Equal(101 / 2.1, samples[Characteristic.TokensPerSecond], precision: 12);
    }

    [Theory]
    [InlineData(null, 0.1)]
    [InlineData(1, 0.1)]
    [InlineData(50, 2.1)]
    [InlineData(50, null)]
    public void Without_decoding_there_is_no_time_per_output_token(int? tokens, double? first)
    {
        var samples = CallSamples.Of(Plain with { OutputTokens = tokens, TimeToFirstToken = first });

        Assert.DoesNotContain(samples, sample => sample.Characteristic == Characteristic.TimePerOutputToken);
    }

    [Fact]
    public void A_value_that_is_no_number_is_left_out()
    {
        var samples = CallSamples.Of(Plain with { Duration = double.Epsilon, OutputTokens = int.MaxValue });

        Assert.All(samples, sample => Assert.True(double.IsFinite(sample.Value)));
    }

    [Fact]
    public void A_failed_cached_cold_or_repeated_call_is_judged_for_errors_alone()
    {
        Assert.Equal(Standing.Failed, Of(Plain with { Status = CallStatus.Error, CacheHit = true }));
        Assert.Equal(Standing.CacheHit, Of(Plain with { CacheHit = true, ColdStart = true }));
        Assert.Equal(Standing.ColdStart, Of(Plain with { ColdStart = true, Attempt = 2 }));
        Assert.Equal(Standing.Retry, Of(Plain with { Attempt = 2 }));
        Assert.Equal(Standing.Judged, Of(Plain));
        Assert.Equal(Standing.Judged, CallSamples.StandingOf(Plain with { Status = CallStatus.Error }, Characteristic.Error));

        static Standing Of(Call call) => CallSamples.StandingOf(call, Characteristic.Duration);
    }
}

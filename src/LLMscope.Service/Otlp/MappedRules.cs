using LLMscope.Monitoring.Samples;
using LLMscope.Service.GenAi;
using LLMscope.Service.Samples;

namespace LLMscope.Service.Otlp;

/// <summary>What a call or an interval must be to be stored, whatever mapped it: the same as what comes by LLMscope's own addresses.</summary>
/// <param name="now">In UTC.</param>
/// <param name="oldest">Since when samples are kept.</param>
/// <param name="tolerance">How far ahead of this machine's clock a time may be.</param>
internal sealed class MappedRules(DateTime now, DateTime oldest, TimeSpan tolerance)
{
    /// <returns>Null, or what is wrong.</returns>
    public string? FaultOf(Call call)
    {
        if ((FaultOf(call.Source) ?? FaultOf(call.Time)) is { } fault)
            return fault;

        foreach (var (name, value) in CallSamples.Of(call))
        {
            if (SampleRules.FaultOf(Characteristic.Find(name)!, value) is { } wrong)
                return $"its {name} {wrong}";
        }

        return null;
    }

    /// <param name="stored">The series that it belongs to, where there is one already.</param>
    /// <returns>Null, or what is wrong.</returns>
    public string? FaultOf(MappedInterval interval, Series? stored)
    {
        var characteristic = stored?.Characteristic ?? interval.Characteristic;
        if (characteristic.Unit.Base != interval.Characteristic.Unit.Base)
            return $"'{interval.Characteristic.Unit.Symbol}' does not measure {characteristic.Name}, which comes in {characteristic.Unit.Symbol}";
        if (interval.Count < 1)
            return "it stands for no observation";

        return (FaultOf(interval.Source) ?? FaultOf(interval.Time))
            ?? (SampleRules.FaultOf(characteristic, interval.Value, interval.Count) is { } wrong ? $"its {characteristic.Name} {wrong}" : null);
    }

    private static string? FaultOf(Source source) =>
        FaultOf("site", source.Site) ?? FaultOf("provider", source.Provider) ?? FaultOf("model", source.Model) ?? FaultOf("served model", source.ServedModel)
        ?? FaultOf("operation", source.Operation) ?? FaultOf("application", source.Application) ?? FaultOf("host", source.Host) ?? FaultOf("device", source.Device);

    private static string? FaultOf(string part, string text) =>
        text.Length > Source.LongestPart ? $"its {part} is longer than {Source.LongestPart} characters"
        : text.Any(char.IsControl) ? $"its {part} has control characters"
        : null;

    private string? FaultOf(DateTime time) =>
        EventTime.Check(new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)), now, oldest, tolerance, out _) is { } fault ? $"its time {fault}" : null;
}

namespace LLMscope.Service.Otlp;

internal static class OtlpTemporalities
{
    /// <summary>The temporality with this number; a number that is not known says nothing.</summary>
    public static OtlpTemporality Of(long number) => number is 1 or 2 ? (OtlpTemporality)number : OtlpTemporality.Unspecified;
}

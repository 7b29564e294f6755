namespace LLMscope.Service.Otlp;

/// <summary>What a sender is told, whichever way it came.</summary>
/// <param name="Refusal">Why nothing was taken; null where the request was taken, at least in part.</param>
/// <param name="Message">What is wrong, for people; empty where nothing is.</param>
/// <param name="Rejected">Items that were not taken while the others were.</param>
internal sealed record OtlpAnswer(OtlpRefusal? Refusal, string Message = "", int Rejected = 0)
{
    /// <summary>When to come again, in seconds, where that helps.</summary>
    public const int RetryAfterSeconds = 1;

    public static OtlpAnswer Taken { get; } = new((OtlpRefusal?)null);

    public bool MayRetry => Refusal is OtlpRefusal.Full or OtlpRefusal.NotReady;

    public static OtlpAnswer TooLarge(int largest) => new(OtlpRefusal.TooLarge, $"A request may have {largest} bytes at most, also when it is unpacked; send smaller batches.");

    public static OtlpAnswer Full() => new(OtlpRefusal.Full, "LLMscope has as much to write as it can hold. Nothing was taken; send the same again shortly.");

    public static OtlpAnswer NotReady(string why) => new(OtlpRefusal.NotReady, $"{why} Nothing was acknowledged; send the same again shortly.");

    public static OtlpAnswer Malformed(string message) => new(OtlpRefusal.Malformed, message);
}

/// <summary>Why a request was not taken at all.</summary>
internal enum OtlpRefusal : byte
{
    Malformed,
    TooLarge,
    Full,
    NotReady,
    UnknownType,
    UnknownCompression,
    UnknownMethod,
    UnknownPath,
    Fault,
}

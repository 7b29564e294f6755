namespace LLMscope.Client;

/// <summary>Where measurements go and how many may wait. Only the address must be given.</summary>
public sealed class LLMscopeOptions
{
    /// <summary>Where LLMscope listens, for example <c>http://localhost:5080</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>The name of this application, by which LLMscope tells its calls from those of others.</summary>
    public string Application { get; init; } = "";

    /// <summary>Where this application runs, for example a region or a data centre.</summary>
    public string Site { get; init; } = "";

    /// <summary>Measurements that may wait beside the batch that is being sent. Beyond it the oldest is dropped and counted.</summary>
    public int Capacity { get; init; } = 10_000;

    /// <summary>The most measurements in one request.</summary>
    public int BatchSize { get; init; } = 500;

    /// <summary>How long a measurement waits for others to be sent with.</summary>
    public TimeSpan BatchTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long disposing waits for what is not sent yet; what is left then is dropped and counted.</summary>
    public TimeSpan FlushTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The key of prompt identities, at least 16 bytes, the same in every application whose prompts shall be compared. With it a call carries
    /// an HMAC-SHA-256 of its prompt; without it a call carries nothing of it. The key and the prompt never leave the process.
    /// </summary>
    public ReadOnlyMemory<byte> PromptKey { get; init; }

    /// <summary>
    /// Hears in one sentence what goes wrong with sending and measuring: once when it begins, not for every attempt. It is called on another thread
    /// than the application's calls where sending fails, and its own faults are ignored.
    /// </summary>
    public Action<string>? OnProblem { get; init; }

    /// <summary>What carries the requests to LLMscope, for a proxy or a header of one's own. It is not disposed.</summary>
    public HttpMessageHandler? Transport { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <returns>What cannot work, or null.</returns>
    internal string? Fault() =>
        Address is not { IsAbsoluteUri: true, Scheme: "http" or "https" } ? $"{nameof(Address)} must be an absolute http or https address, for example http://localhost:5080."
        : PromptKey.Length is > 0 and < 16 ? $"{nameof(PromptKey)} must have at least 16 bytes: a shorter one can be guessed."
        : Capacity < 1 || BatchSize < 1 ? $"{nameof(Capacity)} and {nameof(BatchSize)} must be at least 1."
        : BatchTime < TimeSpan.Zero || FlushTime < TimeSpan.Zero ? $"{nameof(BatchTime)} and {nameof(FlushTime)} must not be negative."
        : null;
}

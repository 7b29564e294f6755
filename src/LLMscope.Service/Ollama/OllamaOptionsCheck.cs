using Microsoft.Extensions.Options;

namespace LLMscope.Service.Ollama;

/// <summary>Everything that is wrong with the settings for Ollama, at once and by configuration key.</summary>
internal sealed class OllamaOptionsCheck : IValidateOptions<OllamaOptions>
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestProbe = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, OllamaOptions options)
    {
        string[] faults = [.. Check(options).Select(fault => $"{OllamaOptions.Section}:{fault.Key} {fault.Problem}.")];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>Null where the text is no address of a server.</summary>
    public static Uri? AddressOf(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address.Host.Length > 0 && address.UserInfo.Length == 0
            ? address
            : null;

    private static IEnumerable<(string Key, string Problem)> Check(OllamaOptions options)
    {
        if (!string.IsNullOrEmpty(options.Address) && AddressOf(options.Address) is null)
            yield return ("Address", "must be an http or https address without a user, for example http://localhost:11434");
        if (string.IsNullOrEmpty(options.Address) && options.Probe is not null)
            yield return ("Address", "must be given where there is a Probe");
        if (options.Interval < ShortestInterval || options.Interval > Longest)
            yield return ("Interval", $"must lie between {ShortestInterval} and {Longest}");
        if (options.Timeout <= TimeSpan.Zero || options.Timeout > Longest)
            yield return ("Timeout", $"must be above 0 and not above {Longest}");
        if (options.Probe is not { } probe)
            yield break;

        if (probe.Model.Length is 0 or > 200)
            yield return ("Probe:Model", "must name a model, for example llama3.2:1b");
        if (probe.Prompt.Length is 0 or > 10_000)
            yield return ("Probe:Prompt", "must have between 1 and 10000 characters");
        if (probe.Every < ShortestProbe || probe.Every > Longest)
            yield return ("Probe:Every", $"must lie between {ShortestProbe} and {Longest}");
        if (probe.MostTokens is < 1 or > 1_000)
            yield return ("Probe:MostTokens", "must lie between 1 and 1000");
        if (probe.Timeout <= TimeSpan.Zero || probe.Timeout > Longest)
            yield return ("Probe:Timeout", $"must be above 0 and not above {Longest}");
    }
}

using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace LLMscope.Service.Otlp;

/// <summary>Where OTLP comes in beside the address of LLMscope itself, and how much of it at once.</summary>
public sealed class OtlpOptions
{
    public const string Section = "LLMscope:Otlp";

    /// <summary>Whether OTLP is taken on ports of its own. The address of LLMscope itself always takes it over HTTP.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Who can reach the ports: <c>localhost</c> for this machine alone, <c>*</c> for everyone, or the IP address to listen on.</summary>
    [Required]
    public string Address { get; init; } = Localhost;

    /// <summary>The port of OTLP/HTTP; 0 for none.</summary>
    [Range(0, 65_535)]
    public int HttpPort { get; init; } = 4318;

    /// <summary>The port of OTLP/gRPC; 0 for none.</summary>
    [Range(0, 65_535)]
    public int GrpcPort { get; init; } = 4317;

    /// <summary>The largest request in bytes, as it comes and when it is unpacked. A larger one is refused.</summary>
    /// <remarks>64 MiB is what the specification recommends.</remarks>
    [Range(1_024, 1_073_741_824)]
    public int LargestBody { get; init; } = 64 * 1024 * 1024;

    /// <summary>How long a sender waits for its request to be on disk before it is told to send again; less than the 10 s that the SDKs wait.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(8);

    internal const string Localhost = "localhost";
    internal const string Everyone = "*";
}

[OptionsValidator]
internal sealed partial class OtlpOptionsValidator : IValidateOptions<OtlpOptions>;

/// <summary>What two values or a text of <see cref="OtlpOptions"/> must be together.</summary>
internal sealed class OtlpAddressValidator : IValidateOptions<OtlpOptions>
{
    public ValidateOptionsResult Validate(string? name, OtlpOptions options)
    {
        var faults = new List<string>();
        if (options.Address is not (OtlpOptions.Localhost or OtlpOptions.Everyone) && !IPAddress.TryParse(options.Address, out _))
            faults.Add($"{OtlpOptions.Section}:Address must be {OtlpOptions.Localhost}, {OtlpOptions.Everyone} or an IP address.");
        if (options.HttpPort != 0 && options.HttpPort == options.GrpcPort)
            faults.Add($"{OtlpOptions.Section}:HttpPort and {OtlpOptions.Section}:GrpcPort must be two ports.");

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}

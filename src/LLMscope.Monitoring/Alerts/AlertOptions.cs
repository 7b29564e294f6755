using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LLMscope.Monitoring.Alerts;

/// <summary>What messages say of LLMscope itself.</summary>
public sealed class AlertOptions
{
    public const string Section = "LLMscope";

    /// <summary>Where people reach the dashboard; links in messages begin with it.</summary>
    [Required, Url]
    public string PublicUrl { get; init; } = "http://localhost:5080";
}

[OptionsValidator]
internal sealed partial class AlertOptionsValidator : IValidateOptions<AlertOptions>;

namespace LLMscope.Monitoring.Samples;

/// <summary>
/// What is measured: one model at one provider as one application uses it at one site; or a host and its device.
/// A part that is not known is the empty string, never null, so that equal sources are equal values.
/// </summary>
/// <param name="Demo">Made by the demonstration: shown as such everywhere and removed with one click.</param>
public sealed record Source(
    string Site = "",
    string Provider = "",
    string Model = "",
    string ServedModel = "",
    string Operation = "",
    string Application = "",
    string Host = "",
    string Device = "",
    bool Demo = false)
{
    /// <summary>The longest part of a source, in characters.</summary>
    public const int LongestPart = 200;

    /// <summary>The parts that are known, from the most to the least telling.</summary>
    public string Title
    {
        get
        {
            var parts = new[] { Model, Host, Device, Provider, ServedModel == Model ? "" : ServedModel, Operation, Application, Site };
            var known = string.Join(" · ", parts.Where(part => part.Length > 0));
            return known.Length > 0 ? known : "unnamed source";
        }
    }
}

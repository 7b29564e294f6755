namespace LLMscope.Host;

/// <summary>One value of a machine, in the base unit of its characteristic.</summary>
/// <param name="Device">The part of the machine; empty for the machine as a whole.</param>
/// <param name="Characteristic">By the names of LLMscope, for example <c>cpu_utilization</c>.</param>
public readonly record struct HostReading(DateTimeOffset Time, string Device, string Characteristic, double Value);

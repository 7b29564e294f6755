using System.Text.Json;

namespace LLMscope.Client;

/// <summary>One value of anything, of a model or of a host and its device.</summary>
public sealed record MeasuredSample : Measurement
{
    /// <summary>What was measured, for example <c>quality_score</c> or <c>gpu_utilization</c>.</summary>
    public required string Characteristic { get; init; }

    /// <summary>In the unit that is named. A value that is no finite number is refused by LLMscope.</summary>
    public required double Value { get; init; }

    /// <summary>A UCUM symbol such as <c>ms</c>; the base unit of the characteristic where it is left out.</summary>
    public string? Unit { get; init; }

    public string? Provider { get; init; }

    public string? Model { get; init; }

    public string? Operation { get; init; }

    /// <summary>The machine that it was measured on. A value of a host has no application unless it names one.</summary>
    public string? Host { get; init; }

    /// <summary>The part of the host.</summary>
    public string? Device { get; init; }

    /// <summary>Where it differs from the one of the options.</summary>
    public string? Application { get; init; }

    /// <summary>Where it differs from the one of the options.</summary>
    public string? Site { get; init; }

    internal override string Path => "api/v1/samples?partial=true";

    internal override void Write(Utf8JsonWriter json, string id, LLMscopeOptions options)
    {
        json.WriteStartObject();
        WriteHead(json, id);
        WriteText(json, "characteristic"u8, Characteristic);
        WriteText(json, "unit"u8, Unit);
        if (double.IsFinite(Value))
            json.WriteNumber("value"u8, Value);
        WriteText(json, "provider"u8, Provider);
        WriteText(json, "model"u8, Model);
        WriteText(json, "operation"u8, Operation);
        WriteText(json, "host"u8, Host);
        WriteText(json, "device"u8, Device);
        WriteText(json, "application"u8, Application ?? (Host is null ? options.Application : null));
        WriteText(json, "site"u8, Site ?? options.Site);
        json.WriteEndObject();
    }
}

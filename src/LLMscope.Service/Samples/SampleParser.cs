using System.Text.Json;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;

namespace LLMscope.Service.Samples;

/// <summary>Reads one sample after another from JSON and hands those that are right to a batch. Every fault is named with its field.</summary>
internal sealed class SampleParser(BatchBuilder batch, ItemErrors errors, IntakeOptions options, DateTime now, DateTime oldest)
{
    public const string Fields = "id, time, site, provider, model, operation, application, host, device, characteristic, unit, value";

    // The order of the parts of a series' key, without the ones that a sample cannot name.
    private const int CharacteristicPart = 0;
    private const int SitePart = 1;
    private const int ProviderPart = 2;
    private const int ModelPart = 3;
    private const int OperationPart = 4;
    private const int ApplicationPart = 5;
    private const int HostPart = 6;
    private const int DevicePart = 7;
    private const int UnitPart = 8;
    private const int IdPart = 9;

    private readonly ItemText _text = new();
    private readonly byte[] _key = new byte[SeriesKey.LongestKey];

    /// <summary>Reads the object that the reader stands on, to its end.</summary>
    public void Read(ref Utf8JsonReader reader, int index)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            errors.Add(index, "", $"must be an object with the fields {Fields}");
            reader.Skip();
            return;
        }

        _text.Clear();
        var before = errors.Count;
        double? value = null;
        DateTime? time = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var part = PartOf(ref reader);
            if (part >= 0)
            {
                var name = NameOf(part);
                reader.Read();
                if (_text.Take(part, ref reader) is { } fault)
                    Fault(index, name, fault, ref reader);
            }
            else if (reader.ValueTextEquals("value"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && double.IsFinite(number))
                    value = number;
                else
                    Fault(index, "value", "must be a finite number", ref reader);
            }
            else if (reader.ValueTextEquals("time"u8))
            {
                reader.Read();
                if (EventTime.Read(ref reader, now, oldest, options.ClockTolerance, out time) is { } fault)
                    Fault(index, "time", fault, ref reader);
            }
            else
            {
                var unknown = reader.GetString()!;
                reader.Read();
                Fault(index, unknown, $"is not a field of a sample; the fields are {Fields}", ref reader);
            }
        }

        if (value is null && errors.Count == before)
            errors.Add(index, "value", "is missing");
        if (_text[CharacteristicPart].IsEmpty && errors.Count == before)
            errors.Add(index, "characteristic", "is missing");
        if (errors.Count == before)
            Add(index, time ?? now, value!.Value);
    }

    private void Add(int index, DateTime time, double value)
    {
        var series = batch.Find(KeyOfItem());
        Characteristic characteristic;
        if (series is not null && _text[UnitPart].IsEmpty)
        {
            characteristic = series.Characteristic;
        }
        else
        {
            var name = series?.Characteristic.Name ?? _text.Text(CharacteristicPart);
            if (SampleRules.FindCharacteristic(name, _text.Text(UnitPart), series?.Characteristic, out var found, out var factor) is { } fault)
            {
                errors.Add(index, fault.Field, fault.Message);
                return;
            }

            (characteristic, value) = (found!, value * factor);
        }

        if (SampleRules.FaultOf(characteristic, value) is { } wrong)
        {
            errors.Add(index, "value", wrong);
            return;
        }

        var key = _text[IdPart].IsEmpty ? Guid.Empty : ItemKeys.Of("sample", _text.Text(IdPart));
        if (series is not null)
            batch.Add(new Sample(series, time, value), key);
        else
            batch.Add(index, SourceOfItem(), characteristic, !_text[UnitPart].IsEmpty, time, value, key);
    }

    private ReadOnlySpan<byte> KeyOfItem()
    {
        // As SeriesKey.Of writes it: served model and demo stay empty for a sample that someone sends.
        var length = 0;
        Append(CharacteristicPart, ref length);
        Append(SitePart, ref length);
        Append(ProviderPart, ref length);
        Append(ModelPart, ref length);
        _key[length++] = SeriesKey.Separator;
        Append(OperationPart, ref length);
        Append(ApplicationPart, ref length);
        Append(HostPart, ref length);
        Append(DevicePart, ref length);
        return _key.AsSpan(0, length);
    }

    private void Append(int part, ref int length)
    {
        var text = _text[part];
        text.CopyTo(_key.AsSpan(length));
        length += text.Length;
        _key[length++] = SeriesKey.Separator;
    }

    private Source SourceOfItem() => new(
        Site: _text.Text(SitePart), Provider: _text.Text(ProviderPart), Model: _text.Text(ModelPart),
        Operation: _text.Text(OperationPart), Application: _text.Text(ApplicationPart), Host: _text.Text(HostPart), Device: _text.Text(DevicePart));

    private void Fault(int index, string field, string message, ref Utf8JsonReader reader)
    {
        errors.Add(index, field, message);
        reader.Skip();
    }

    private static int PartOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("characteristic"u8) ? CharacteristicPart
        : reader.ValueTextEquals("model"u8) ? ModelPart
        : reader.ValueTextEquals("provider"u8) ? ProviderPart
        : reader.ValueTextEquals("unit"u8) ? UnitPart
        : reader.ValueTextEquals("id"u8) ? IdPart
        : reader.ValueTextEquals("site"u8) ? SitePart
        : reader.ValueTextEquals("operation"u8) ? OperationPart
        : reader.ValueTextEquals("application"u8) ? ApplicationPart
        : reader.ValueTextEquals("host"u8) ? HostPart
        : reader.ValueTextEquals("device"u8) ? DevicePart
        : -1;

    private static string NameOf(int part) => part switch
    {
        CharacteristicPart => "characteristic",
        SitePart => "site",
        ProviderPart => "provider",
        ModelPart => "model",
        OperationPart => "operation",
        ApplicationPart => "application",
        HostPart => "host",
        DevicePart => "device",
        UnitPart => "unit",
        _ => "id",
    };
}

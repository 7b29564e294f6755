using System.Text.Json;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;

namespace LLMscope.Service.Samples;

/// <summary>Reads one sample after another from JSON and hands those that are right to a batch. Every fault is named with its field.</summary>
/// <param name="isLine">Whether each object is all that its reader has.</param>
internal sealed class SampleParser(BatchBuilder batch, ItemErrors errors, IntakeOptions options, DateTime now, DateTime oldest, bool isLine)
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

    // The fields that are no text.
    private const int ValueField = 10;
    private const int TimeField = 11;
    private const int UnknownField = -1;

    private const int LongestField = 14;

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
            var field = FieldOf(ref reader);
            if (field == UnknownField)
            {
                var unknown = reader.GetString()!;
                reader.Read();
                Fault(index, unknown, $"is not a field of a sample; the fields are {Fields}", ref reader);
                continue;
            }

            reader.Read();
            if (field == ValueField)
            {
                if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && double.IsFinite(number))
                    value = number;
                else
                    Fault(index, "value", "must be a finite number", ref reader);
            }
            else if (field == TimeField)
            {
                if (EventTime.Read(ref reader, now, oldest, options.ClockTolerance, out time) is { } fault)
                    Fault(index, "time", fault, ref reader);
            }
            else if (_text.Take(field, ref reader) is { } fault)
            {
                Fault(index, NameOf(field), fault, ref reader);
            }
        }

        if (isLine)
            reader.Read(); // Which throws where something follows, before anything of the line is taken.
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

    private static int FieldOf(ref Utf8JsonReader reader)
    {
        if (!reader.HasValueSequence && !reader.ValueIsEscaped)
            return FieldOf(reader.ValueSpan);

        // Escaped a letter takes six places.
        Span<byte> name = stackalloc byte[LongestField * 6];
        return (reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length) <= name.Length ? FieldOf(name[..reader.CopyString(name)]) : UnknownField;
    }

    private static int FieldOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("id"u8) => IdPart,
        4 when name.SequenceEqual("time"u8) => TimeField,
        4 when name.SequenceEqual("unit"u8) => UnitPart,
        4 when name.SequenceEqual("host"u8) => HostPart,
        4 when name.SequenceEqual("site"u8) => SitePart,
        5 when name.SequenceEqual("value"u8) => ValueField,
        5 when name.SequenceEqual("model"u8) => ModelPart,
        6 when name.SequenceEqual("device"u8) => DevicePart,
        8 when name.SequenceEqual("provider"u8) => ProviderPart,
        9 when name.SequenceEqual("operation"u8) => OperationPart,
        11 when name.SequenceEqual("application"u8) => ApplicationPart,
        LongestField when name.SequenceEqual("characteristic"u8) => CharacteristicPart,
        _ => UnknownField,
    };

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

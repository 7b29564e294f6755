namespace LLMscope.Monitoring.Alerts;

/// <summary>
/// A kind of destination. It says which fields it needs, checks them, and delivers one message. It keeps no state: an attempt is one call,
/// and what is tried again, and when, is decided outside.
/// </summary>
internal interface IReceiver
{
    ReceiverKind Kind { get; }

    /// <summary>What is wrong with the fields, beyond what their descriptions already say.</summary>
    IEnumerable<FieldProblem> Check(ReceiverConfiguration configuration);

    /// <summary>
    /// One attempt. Whatever the receiver or the network says is an answer, never an exception; cancellation travels.
    /// </summary>
    Task<DeliveryAnswer> SendAsync(AlertMessage message, ReceiverConfiguration configuration, CancellationToken cancellation);
}

/// <summary>The fields of one receiver as they were entered, its secret decrypted.</summary>
internal sealed record ReceiverConfiguration(IReadOnlyDictionary<string, string> Settings, string? Secret)
{
    /// <summary>The value of a field; the empty string where it was left out.</summary>
    public string this[string field] => Settings.GetValueOrDefault(field, "");

    public bool IsOn(string field) => this[field] == ReceiverField.On;
}

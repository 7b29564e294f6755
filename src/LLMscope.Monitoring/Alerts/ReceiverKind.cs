namespace LLMscope.Monitoring.Alerts;

/// <summary>What a screen needs to know of a kind of receiver, and how long an attempt may take.</summary>
/// <param name="Name">As it is stored and sent, for example <c>webhook</c>.</param>
/// <param name="Title">As people read it.</param>
public sealed record ReceiverKind(string Name, string Title, IReadOnlyList<ReceiverField> Fields)
{
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The one field that is stored encrypted and never shown again, if there is one.</summary>
    public ReceiverField? Secret => Fields.SingleOrDefault(one => one.Input == FieldInput.Secret);
}

/// <param name="Name">As it is stored and sent.</param>
/// <param name="Hint">A sentence below the field.</param>
public sealed record ReceiverField(string Name, string Title, FieldInput Input, bool Required = false, string Default = "", string Hint = "")
{
    /// <summary>The value of a switch that is on; off is the empty string.</summary>
    public const string On = "true";

    /// <summary>Where the secret is sent to: whoever changes it must enter the secret again, so that none is led elsewhere.</summary>
    public bool LeadsSecret { get; init; }
}

public enum FieldInput
{
    Text,
    Number,
    Switch,
    Secret,
}

/// <summary>Why a field cannot be taken as it is, as a sentence for people.</summary>
/// <param name="Field">Its name: of a setting, or <c>name</c>, <c>kind</c>, <c>secret</c>.</param>
public sealed record FieldProblem(string Field, string Message);

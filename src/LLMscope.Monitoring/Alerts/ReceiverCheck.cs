namespace LLMscope.Monitoring.Alerts;

/// <summary>Finds everything that is wrong with a draft at once.</summary>
internal sealed class ReceiverCheck(IEnumerable<IReceiver> receivers)
{
    private readonly IReceiver[] _receivers = [.. receivers];

    public IReadOnlyList<ReceiverKind> Kinds => [.. _receivers.Select(receiver => receiver.Kind)];

    /// <summary>The settings to store, complete and trimmed, and what is wrong with them.</summary>
    /// <param name="secret">The secret as it will be: the new one, or the one that is kept.</param>
    public (Dictionary<string, string> Settings, List<FieldProblem> Problems) Check(ReceiverDraft draft, string? secret)
    {
        var problems = new List<FieldProblem>();
        if (draft.Name.Trim() is not { Length: > 0 and <= ReceiverDraft.LongestName } name || name.Any(char.IsControl))
            problems.Add(new("name", $"Enter a name of 1 to {ReceiverDraft.LongestName} characters in one line."));

        if (Array.Find(_receivers, one => one.Kind.Name == draft.Kind) is not { } receiver)
        {
            problems.Add(new("kind", $"Choose one of {string.Join(", ", _receivers.Select(one => one.Kind.Name))}."));
            return ([], problems);
        }

        var settings = Complete(receiver.Kind, draft, secret, problems);
        if (problems.Count == 0)
            problems.AddRange(receiver.Check(new ReceiverConfiguration(settings, secret)));

        return (settings, problems);
    }

    /// <summary>A secret is not led elsewhere by someone who does not know it.</summary>
    public FieldProblem? CheckLead(ReceiverDraft draft, IReadOnlyDictionary<string, string> settings, IReadOnlyDictionary<string, string> stored)
    {
        var changed = _receivers.Single(one => one.Kind.Name == draft.Kind).Kind.Fields
            .FirstOrDefault(one => one.LeadsSecret && settings.GetValueOrDefault(one.Name, "") != stored.GetValueOrDefault(one.Name, ""));
        return changed is null ? null : new("secret", $"Enter it again, because '{changed.Title}' changed.");
    }

    private static Dictionary<string, string> Complete(ReceiverKind kind, ReceiverDraft draft, string? secret, List<FieldProblem> problems)
    {
        foreach (var unknown in draft.Settings.Keys.Where(key => !kind.Fields.Any(one => one.Name == key && one.Input != FieldInput.Secret)))
            problems.Add(new(unknown, $"{kind.Title} has no such setting."));

        var settings = new Dictionary<string, string>();
        foreach (var one in kind.Fields)
        {
            var value = one.Input == FieldInput.Secret ? secret ?? "" : (draft.Settings.GetValueOrDefault(one.Name) ?? one.Default).Trim();
            if (value.Length == 0 && one.Required)
                problems.Add(new(one.Name, $"{one.Title} is required."));
            else if (value.Length > ReceiverDraft.LongestValue)
                problems.Add(new(one.Name, $"Enter at most {ReceiverDraft.LongestValue} characters."));
            else if (value.Any(char.IsControl))
                problems.Add(new(one.Name, "Line breaks and other control characters are not allowed."));
            else if (one.Input == FieldInput.Switch && value is not ("" or ReceiverField.On or "false"))
                problems.Add(new(one.Name, "Enter true or false."));

            if (one.Input != FieldInput.Secret)
                settings.Add(one.Name, one.Input == FieldInput.Switch && value != ReceiverField.On ? "" : value);
        }

        return settings;
    }
}

namespace LLMscope.Monitoring.Alerts;

/// <summary>A receiver as someone entered it.</summary>
/// <param name="Settings">Values by the names of the kind's fields. What is left out takes its default.</param>
/// <param name="Secret">Null keeps the one that is stored; the empty string removes it.</param>
public sealed record ReceiverDraft(string Name, string Kind, bool Enabled, IReadOnlyDictionary<string, string> Settings, string? Secret)
{
    internal const int LongestName = 100;
    internal const int LongestValue = 2_000;
}

/// <summary>What came of a draft: the receiver as it is now stored, or everything that is wrong.</summary>
public sealed record ReceiverChange(Receiver? Receiver, IReadOnlyList<FieldProblem> Problems);

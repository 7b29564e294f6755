namespace LLMscope.Service.GenAi;

/// <summary>
/// The attributes that one field of a call is read from, in order: the first that holds a usable value counts.
/// A name with a <c>#</c> is an attribute that holds JSON, and the name of a field in it.
/// </summary>
/// <param name="field">What is read, with its unit where it has one.</param>
internal sealed class AcceptedNames(string field, params string[] names)
{
    public string Field { get; } = field;

    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>The names taken apart: the attribute, and the field of its JSON where it is one.</summary>
    public (string Attribute, string? InJson)[] Places { get; } = [.. names.Select(name => name.Split('#')).Select(parts => (parts[0], parts.Length > 1 ? parts[1] : null))];
}

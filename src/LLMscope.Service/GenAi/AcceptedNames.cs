namespace LLMscope.Service.GenAi;

/// <summary>
/// The attributes that one field of a call is read from, in order: the first that holds a usable value counts.
/// A name with a <c>#</c> is an attribute that holds JSON, and the path of a field in it.
/// </summary>
/// <param name="Field">What is read, with its unit where it has one.</param>
internal sealed record AcceptedNames(string Field, params string[] Names);

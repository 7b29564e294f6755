namespace LLMscope.Service.Samples;

/// <summary>What is wrong with one item of a request.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="Field">The field that is wrong; empty where the item as a whole is.</param>
/// <param name="Message">What is wrong and what is allowed.</param>
public sealed record ItemError(int Index, string Field, string Message);

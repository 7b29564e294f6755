namespace LLMscope.Spc.Rules;

/// <summary>What a missing value (not a number) means to the rules. It is never a violation itself.</summary>
public enum MissingPolicy : byte
{
    /// <summary>Its neighbours are consecutive: a failed call has no latency.</summary>
    Skip,

    /// <summary>It ends every pattern: a regular interval without a value.</summary>
    Break,
}

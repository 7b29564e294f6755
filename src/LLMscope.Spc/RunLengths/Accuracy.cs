namespace LLMscope.Spc.RunLengths;

/// <summary>How closely an average run length is computed.</summary>
public enum Accuracy : byte
{
    /// <summary>Nine digits or more.</summary>
    Full,

    /// <summary>Four digits at a fraction of the time, to be averaged over some hundred guesses of a mean and a spread.</summary>
    Quick,
}

namespace LLMscope.Spc.RunLengths;

/// <summary>The points of a segment one by one, from its first.</summary>
internal interface ISignalChain
{
    /// <summary>
    /// The probability that the next point is the first to signal. It is a sum of what leads there, never a difference, so that it keeps all its
    /// digits however small it is.
    /// </summary>
    double Next();
}

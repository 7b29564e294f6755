namespace LLMscope.Spc.Comparison;

/// <summary>What a sequential comparison has found so far.</summary>
public enum SequentialVerdict : byte
{
    /// <summary>The points do not tell yet.</summary>
    Undecided,

    Worse,

    Better,

    /// <summary>The change, if any, is smaller than the least that matters.</summary>
    NoRelevantChange,
}

namespace LLMscope.Spc.Multivariate;

/// <summary>How several characteristics are charted as one.</summary>
public enum JointKind : byte
{
    /// <summary>Hotelling's T2 of each observation: sees a large change at once.</summary>
    T2,

    /// <summary>T2 of moving averages (MEWMA): sees a small change that lasts.</summary>
    Mewma,
}

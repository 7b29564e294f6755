namespace LLMscope.Spc.Judging;

/// <summary>What was stored with a judged point.</summary>
/// <param name="Expected">On the transformed scale; 0 where nothing was foretold.</param>
/// <param name="CusumUp">The upper sum after the point, likewise.</param>
/// <param name="CusumDown">The lower sum after the point.</param>
/// <param name="Ewma">The average of scores after the point.</param>
public readonly record struct RecalledSums(double Expected, double CusumUp, double CusumDown, double Ewma);

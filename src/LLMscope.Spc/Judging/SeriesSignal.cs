using System.Runtime.InteropServices;
using LLMscope.Spc.Rules;

namespace LLMscope.Spc.Judging;

/// <summary>One rule true at one point of a series.</summary>
/// <param name="Index">Of the judged point, which is the last of the pattern.</param>
/// <param name="Rule">A single one.</param>
/// <param name="From">
/// The index of the first point of the rule's window, missing points not counted. For a CUSUM the first point of the change that it estimates, for an EWMA
/// the first since its average was last on target or on the other side of it, for the level the first outside.
/// </param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SeriesSignal(int Index, RuleSet Rule, Direction Direction, int From);
